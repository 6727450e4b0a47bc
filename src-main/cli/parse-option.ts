/** Checks of option values. A wrong one is a usage error that names what would be right. */
import { InvalidArgumentError } from 'commander';
import { parseDuration } from './output/format-duration.ts';

export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${minimum} to ${maximum}.`);
  };
}

/** What two runs share to be the same in everything random. */
export const seedNumber = wholeNumber(0, 2 ** 31 - 1);

export function durationSeconds(text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== null) return seconds;
  throw new InvalidArgumentError('It must be a length of time, such as 90s, 10m or 1h.');
}

/** As the contract has it; said in words, with a name that would do. */
export function libraryName(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,40}$/.test(text)) return text;
  const plain = text.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '');
  const fitting = plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 41);
  throw new InvalidArgumentError(
    `A library's name is made of the letters a to z in small, of digits and of hyphens, at most 41, such as "${fitting || 'private'}".`,
  );
}
