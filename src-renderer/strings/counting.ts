/** Numbers with their nouns, in English. */
import { formatNumber } from '../text/format-number.ts';

const rules = new Intl.PluralRules('en');
export const plural = (value: number, one: string, other: string) =>
  rules.select(value) === 'one' ? one : other;
export const count = (value: number, one: string, other: string) =>
  `${formatNumber(value)} ${plural(value, one, other)}`;

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
const suffixes: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
export const ordinal = (value: number) => `${formatNumber(value)}${suffixes[ordinals.select(value)] ?? 'th'}`;
