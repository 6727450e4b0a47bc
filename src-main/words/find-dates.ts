/**
 * Dates in all their spellings under one: "2024-02-19", "19.2.2024", "Feb 19, 2024" and "2024年2月19日" share a term for the day and one for
 * the month, so that "February 2024" finds each of them. A date that can be read in two orders gets both.
 */
import type { TextToken } from './text-token.ts';

export type FoundDate = { year: number; month: number; day: number | null; start: number; end: number };

/** Languages whose month names are known, from the runtime's own locale data. */
const locales = 'en de fr es it pt nl sv da nb fi pl cs ro hu tr ru uk el id'.split(' ');
const months = monthNames();
const monthPattern = [...months.keys()]
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  .join('|');

const year = '(?<year>(?:1[6-9]|20)\\d\\d)';
const ordinal = '(?:st|nd|rd|th|er|º|\\.)?';
const fourDigits = /(?:1[6-9]|20)\d\d/;
const dayMonthYear =
  /(?<![\d.,])(?<day>\d{1,2})(?<mark>[-./])\s?(?<month>\d{1,2})\k<mark>\s?(?<year>(?:(?:1[6-9]|20)\d\d)|\d\d)(?!\d)/gu;
const patterns: readonly RegExp[] = [
  new RegExp(`(?<!\\d)${year}[-./](?<month>\\d{1,2})(?:[-./](?<day>\\d{1,2}))?(?![\\d-])`, 'gu'),
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
  for (const pattern of fourDigits.test(text) ? patterns : [dayMonthYear]) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.some((date) => start < date.end && end > date.start)) continue;
      for (const date of readings(match.groups!)) found.push({ ...date, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

export const dateTokens = (text: string): TextToken[] =>
  findDates(text).map(({ start, end, ...date }) => ({ terms: dateTerms(date), start, end }));

/** `20240219d` for the day where there is one, then `202402m` for the month. */
export function dateTerms({ year, month, day }: Pick<FoundDate, 'year' | 'month' | 'day'>): string[] {
  const monthTerm = `${year}${twoDigits(month)}`;
  return [...(day === null ? [] : [`${monthTerm}${twoDigits(day)}d`]), `${monthTerm}m`];
}

function readings(
  groups: Record<string, string | undefined>,
): { year: number; month: number; day: number | null }[] {
  const year = fullYear(groups.year!);
  const first = groups.day === undefined ? null : Number(groups.day);
  const month = groups.name === undefined ? Number(groups.month) : months.get(groups.name.toLowerCase())!;
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

function monthNames(): Map<string, number> {
  const names = new Map<string, number>();
  for (const locale of locales) {
    for (const month of ['long', 'short'] as const) {
      for (const options of [{ month }, { month, day: 'numeric' as const }]) {
        const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
        for (let index = 0; index < 12; index++) {
          const part = format
            .formatToParts(new Date(Date.UTC(2024, index, 15)))
            .find(({ type }) => type === 'month');
          const name = part?.value.toLowerCase().replace(/\.$/, '') ?? '';
          if (/^\p{L}{3,}$/u.test(name) && !names.has(name)) names.set(name, index + 1);
        }
      }
    }
  }
  return names;
}
