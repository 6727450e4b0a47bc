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
