/** Numbers with their nouns. */
import { formatNumber } from '../text/format-number.ts';

/** For languages that tell one from many; a language with more forms, or none, brings its own. */
export function countingIn(language: string) {
  const rules = new Intl.PluralRules(language);
  const plural = (value: number, one: string, other: string) => (rules.select(value) === 'one' ? one : other);
  const count = (value: number, one: string, other: string) =>
    `${formatNumber(value)} ${plural(value, one, other)}`;
  return { plural, count };
}

export const { plural, count } = countingIn('en');

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const suffixes: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
export const ordinal = (value: number) => `${formatNumber(value)}${suffixes[ordinals.select(value)] ?? 'th'}`;
