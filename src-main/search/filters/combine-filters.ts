/** Makes one condition of the filters of a question, and says where two of them leave nothing to find. */
import { filterFacts, type SearchFilterName } from '../../contract/tables/search-filters.ts';
import type { Condition } from './condition.ts';
import type { FilterMeaning, Period } from './search-filter.ts';

export type FoundFilter = { name: SearchFilterName; isNegated: boolean; meaning: FilterMeaning };

/** All must hold, except that one of several filters is enough where the table says `any`. */
export function combineFilters(filters: readonly FoundFilter[]): Condition {
  const groups = new Map<SearchFilterName, Condition[]>();
  const all: Condition[] = [];
  for (const { name, isNegated, meaning } of filters) {
    const leaf: Condition = { type: 'filter', name, ...meaning };
    if (isNegated) all.push({ type: 'not', of: leaf });
    else if (filterFacts(name).repeated === 'all') all.push(leaf);
    else groups.set(name, [...(groups.get(name) ?? []), leaf]);
  }
  for (const of of groups.values()) all.push({ type: 'any', of });
  return { type: 'all', of: all };
}

/** A sentence, or null where the filters by date can hold together. */
export function dateConflict(filters: readonly FoundFilter[]): string | null {
  const periods = filters.flatMap(({ isNegated, meaning: { period } }) =>
    period ? (isNegated ? opposite(period) : [period]) : [],
  );
  const from = Math.max(...periods.map((period) => period.from ?? Number.NEGATIVE_INFINITY));
  const before = Math.min(...periods.map((period) => period.before ?? Number.POSITIVE_INFINITY));
  return periods.length > 0 && from >= before
    ? 'The dates exclude each other, so no document can match all of them.'
    : null;
}

/** Not before a date means on or after it. What a closed period leaves is no single period, and excludes little. */
function opposite({ from, before }: Period): Period[] {
  if (from !== null && before !== null) return [];
  return [{ from: before, before: from }];
}
