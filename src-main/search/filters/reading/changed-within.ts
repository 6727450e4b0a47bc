/** The meaning of filters by date: when a document is dated, for a period open to one side or to none. */
import { quoteIdentifier } from '../../../store/sql.ts';
import type { FilterMeaning, Period } from '../search-filter.ts';
import { periodOfDate } from './period-of-date.ts';

/** Said of a value that is no date. */
export const noDate = 'holds no date; write it as 2024, 2024-05 or 2024-05-17.';

export function changedWithin(period: Period): FilterMeaning {
  const column = quoteIdentifier('modifiedAt');
  const bounds = [
    ...(period.from === null ? [] : [`${column} >= ${Number(period.from)}`]),
    ...(period.before === null ? [] : [`${column} < ${Number(period.before)}`]),
  ];
  return { sql: bounds.join(' AND '), period };
}

/** The last month or day that there is, for one too high; the day first, for a date written the other way round. */
export function suggestDate(text: string): string | null {
  const turned = /^(\d{1,2})[-/.](?:(\d{1,2})[-/.])?(\d{4})$/.exec(text);
  const match = turned
    ? [turned[0], turned[3], turned[2] ?? turned[1], turned[2] && turned[1]]
    : /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const [year, month] = [Number(match[1]), Math.min(12, Math.max(1, Number(match[2])))];
  const parts = [year, month];
  if (match[3]) parts.push(Math.min(new Date(year, month, 0).getDate(), Math.max(1, Number(match[3]))));
  const suggested = parts.map((part) => String(part).padStart(2, '0')).join('-');
  return periodOfDate(suggested) ? suggested : null;
}
