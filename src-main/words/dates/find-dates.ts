/**
 * Dates in all their spellings under one: "2024-02-19", "19.2.2024", "Feb 19, 2024" and "2024年2月19日" share a term for the day and one for
 * the month, so that "February 2024" finds each of them, and one for the day of any year, which "19 February" has too. A date that can be
 * read in two orders gets both.
 */

import type { TextToken } from '../text-token.ts';
import { findYearlessDays } from './find-yearless-days.ts';
import { months } from './month-names.ts';

export type FoundDate = { year: number; month: number; day: number | null; start: number; end: number };

const year = '(?<year>(?:1[6-9]|20)\\d\\d)';
/** Hyphens, the one that no line breaks at among them, but no dash, which stands between two years. */
const mark = '[-\\u2010\\u2011./]';
const ordinal = '(?:st|nd|rd|th|er|º|\\.)?';
const fourDigits = /(?:1[6-9]|20)\d\d/;
const dayMonthYear =
  /(?<![\d.,])(?<day>\d{1,2})(?<mark>[-\u2010\u2011./])\s?(?<month>\d{1,2})\k<mark>\s?(?<year>(?:(?:1[6-9]|20)\d\d)|\d\d)(?!\d)/gu;
let known: readonly RegExp[] | null = null;

const patterns = (): readonly RegExp[] => {
  known ??= patternsWith(
    [...months().keys()]
      .sort((a, b) => b.length - a.length)
      .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|'),
  );
  return known;
};

const patternsWith = (monthPattern: string): readonly RegExp[] => [
  new RegExp(
    `(?<!\\d)${year}${mark}(?<month>\\d{1,2})(?:${mark}(?<day>\\d{1,2}))?(?![\\d\\-\\u2010\\u2011])`,
    'gu',
  ),
  new RegExp(
    `(?<!\\d)${year}\\s?[年년]\\s?(?<month>\\d{1,2})\\s?[月월](?:\\s?(?<day>\\d{1,2})\\s?[日일])?`,
    'gu',
  ),
  dayMonthYear,
  new RegExp(`(?<![\\d.,/-])(?<month>\\d{1,2})/${year}(?!\\d)`, 'gu'),
  new RegExp(
    `(?<![\\p{L}\\d])(?<day>\\d{1,2})${ordinal}\\s+(?:of\\s+|de\\s+|d['’])?(?<name>${monthPattern})\\.?,?\\s+(?:de\\s+|of\\s+|del\\s+)?${year}(?!\\d)`,
    'giu',
  ),
  new RegExp(
    `(?<!\\p{L})(?<name>${monthPattern})\\.?\\s+(?<day>\\d{1,2})${ordinal},?\\s+${year}(?!\\d)`,
    'giu',
  ),
  new RegExp(
    `(?<![\\p{L}])(?<name>${monthPattern})\\.?,?\\s+(?:de\\s+|of\\s+|del\\s+)?${year}(?!\\d)`,
    'giu',
  ),
];

/** In the order of the text; one that lies within another is left out. */
export function findDates(text: string): FoundDate[] {
  if (!/\d/.test(text)) return [];
  const found: FoundDate[] = [];
  // Names of months in twenty languages are slow to look for, and few texts have a year in four digits, without which only one form is a date.
  for (const pattern of fourDigits.test(text) ? patterns() : [dayMonthYear]) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((date) => start < date.end && end > date.start)) continue;
      for (const date of readings(match.groups!)) found.push({ ...date, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Dates, then days without a year. */
export function dateTokens(text: string): TextToken[] {
  const dates = findDates(text);
  const days = findYearlessDays(text).filter(
    ({ start, end }) => !dates.some((date) => start < date.end && end > date.start),
  );
  return [
    ...dates.map(({ start, end, ...date }) => ({ terms: dateTerms(date), start, end })),
    ...days.map(({ start, end, ...day }) => ({ terms: [dayTerm(day)], start, end })),
  ];
}

/** `20240219d` for the day where there is one, `202402m` for the month, `0219d` for the day of any year. */
export function dateTerms({ year, month, day }: Pick<FoundDate, 'year' | 'month' | 'day'>): string[] {
  const monthTerm = `${year}${twoDigits(month)}m`;
  return day === null
    ? [monthTerm]
    : [`${year}${dayTerm({ month, day })}`, monthTerm, dayTerm({ month, day })];
}

const dayTerm = ({ month, day }: { month: number; day: number }): string =>
  `${twoDigits(month)}${twoDigits(day)}d`;

function readings(
  groups: Record<string, string | undefined>,
): { year: number; month: number; day: number | null }[] {
  const year = fullYear(groups.year!);
  const first = groups.day === undefined ? null : Number(groups.day);
  const month = groups.name === undefined ? Number(groups.month) : months().get(groups.name.toLowerCase())!;
  const dates = [{ year, month, day: first }];
  // With a slash the order is a habit of the country: 02/03/2024 is in February or in March.
  if (groups.mark === '/' && first !== null) dates.push({ year, month: first, day: month });
  return dates.filter(isDate);
}

function isDate({ year, month, day }: { year: number; month: number; day: number | null }): boolean {
  if (month < 1 || month > 12) return false;
  return day === null || (day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate());
}

const fullYear = (text: string): number =>
  text.length === 4 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900);

const twoDigits = (value: number): string => String(value).padStart(2, '0');
