/** A condition under which passages are ranked, as a tree, and its SQL. Filters are its leaves. */
import type { SearchFilterName } from '../../contract/tables/search-filters.ts';
import type { FilterMeaning } from './search-filter.ts';

export type Condition =
  | ({ type: 'filter'; name: SearchFilterName } & FilterMeaning)
  | { type: 'not'; of: Condition }
  | { type: 'all' | 'any'; of: readonly Condition[] };

/** Null where nothing is narrowed: `all` of nothing. */
export function conditionToSql(condition: Condition): string | null {
  switch (condition.type) {
    case 'filter':
      return condition.sql;
    case 'not':
      return `NOT (${conditionToSql(condition.of) ?? 'true'})`;
    case 'all':
    case 'any': {
      const parts = condition.of.map(conditionToSql).filter((part) => part !== null);
      if (parts.length === 0) return null;
      return parts.map((part) => `(${part})`).join(condition.type === 'all' ? ' AND ' : ' OR ');
    }
  }
}
