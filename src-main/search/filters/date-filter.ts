/** `date:2024-05`, `date:2023..2024`: the document's own date, as it states it, is within that time. */
import { noDate, suggestDate } from './reading/changed-within.ts';
import { periodOfDate } from './reading/period-of-date.ts';
import type { SearchFilter } from './search-filter.ts';

const ownDate = "json_extract(facts, '$.date')";
const dayMs = 86_400_000;

export const dateFilter: SearchFilter = {
  read: (value) => {
    const [first = '', last = first, ...rest] = value.split('..');
    const from = periodOfDate(first);
    const to = periodOfDate(last);
    if (!from || !to || rest.length > 0) return null;
    // A date without a time is kept as midnight UTC, and is that day wherever the person is.
    const [utcFrom, utcBefore] = [asUtc(from.from), asUtc(to.before)];
    return {
      documents: {
        sql: `${ownDate} BETWEEN ? AND ? AND CASE WHEN ${ownDate} % ${dayMs} = 0
          THEN ${ownDate} >= ? AND ${ownDate} < ? ELSE ${ownDate} >= ? AND ${ownDate} < ? END`,
        values: [
          Math.min(from.from, utcFrom),
          Math.max(to.before, utcBefore),
          ...[utcFrom, utcBefore],
          ...[from.from, to.before],
        ],
      },
    };
  },
  refusal: noDate,
  suggest: suggestDate,
};

/** Midnight UTC of the day that begins at this local midnight. */
function asUtc(localMidnight: number): number {
  const day = new Date(localMidnight);
  return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
}
