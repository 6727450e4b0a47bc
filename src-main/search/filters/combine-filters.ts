/** Makes one condition of what must hold together, and says where filters by date leave nothing to find. */
import { filterFacts, type SearchFilterName } from '../../contract/tables/search-filters.ts';
import type { ColumnLeaf, Condition, DocumentLeaf } from './condition.ts';
import type { Period } from './search-filter.ts';

/** All must hold, except that one of several filters of a name is enough where the table says `any`. */
export function combineFilters(conditions: readonly Condition[]): Condition {
  const groups = new Map<SearchFilterName, Condition[]>();
  const all: Condition[] = [];
  for (const condition of conditions) {
    if (condition.type === 'filter' && filterFacts(condition.name).repeated === 'any')
      groups.set(condition.name, [...(groups.get(condition.name) ?? []), condition]);
    else all.push(condition);
  }
  for (const of of groups.values()) all.push({ type: 'any', of });
  return { type: 'all', of: all };
}

/** A sentence, or null where the filters by date that must all hold can do so. */
export function dateConflict(condition: Condition): string | null {
  const leaves = condition.type === 'all' ? condition.of : [condition];
  const periods = leaves.flatMap((leaf) => {
    if (leaf.type !== 'not') return periodOf(leaf);
    return periodOf(leaf.of).flatMap(opposite);
  });
  const from = Math.max(...periods.map((period) => period.from ?? Number.NEGATIVE_INFINITY));
  const before = Math.min(...periods.map((period) => period.before ?? Number.POSITIVE_INFINITY));
  return periods.length > 0 && from >= before
    ? 'The dates exclude each other, so no document can match all of them.'
    : null;
}

const periodOf = (condition: Condition | ColumnLeaf | DocumentLeaf): Period[] =>
  condition.type === 'filter' && 'period' in condition && condition.period ? [condition.period] : [];

/** Not before a date means on or after it. What a closed period leaves is no single period, and excludes little. */
function opposite({ from, before }: Period): Period[] {
  if (from !== null && before !== null) return [];
  return [{ from: before, before: from }];
}
