/** A condition under which passages are ranked, as a tree, and its SQL. Filters are its leaves, and what a passage's text must hold. */
import type { SearchFilterName } from '../../contract/tables/search-filters.ts';
import type { ManifestCondition } from '../../library/manifest/document-values.ts';
import type { Period } from './search-filter.ts';

/** On the columns of a passage. */
export type ColumnLeaf = { type: 'filter'; name: SearchFilterName; sql: string; period?: Period };
/** On what the manifest knows of the passage's document. */
export type DocumentLeaf = { type: 'filter'; name: SearchFilterName; documents: ManifestCondition };
/** Words one after another as they are written, or one word in any form. */
export type TextLeaf = { type: 'holds'; text: string; isPhrase: boolean };
/** The passage's document is this one. */
export type IdLeaf = { type: 'document'; id: string };
export type Leaf = ColumnLeaf | DocumentLeaf | TextLeaf | IdLeaf;

export type Tree<AnyLeaf> =
  | AnyLeaf
  | { type: 'not'; of: Tree<AnyLeaf> }
  | { type: 'all' | 'any'; of: readonly Tree<AnyLeaf>[] };
export type Condition = Tree<Leaf>;

export const withinDocument = (condition: Condition, id: string): Condition => ({
  type: 'all',
  of: [...(condition.type === 'all' ? condition.of : [condition]), { type: 'document', id }],
});

/** Null where nothing is narrowed: `all` of nothing. Leaves that are not of columns are resolved first (`resolve-condition.ts`). */
export function conditionToSql(
  condition: Tree<ColumnLeaf | { type: 'resolved'; sql: string }>,
): string | null {
  switch (condition.type) {
    case 'filter':
    case 'resolved':
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
