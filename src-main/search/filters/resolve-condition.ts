/**
 * Turns a question's condition into the SQL under which passages are ranked. What the manifest knows is asked there first and comes back as
 * ids of documents; a list of them is quick up to some thousands (docs/search.md). Of more, those that are not meant are listed; where
 * these are many as well, what was found is held against the list afterwards, which is cheap as a good part of it qualifies.
 */
import type { ManifestCondition } from '../../library/manifest/document-values.ts';
import { isOneOf } from '../../store/sql.ts';
import {
  type ColumnLeaf,
  type Condition,
  conditionToSql,
  type DocumentLeaf,
  type TextLeaf,
  type Tree,
} from './condition.ts';

export type ConditionSources = {
  /** Ids of the documents that meet a condition on what the manifest knows; without one, none does. */
  documentsWhere: (condition: ManifestCondition) => readonly string[];
  /** Ids of the documents in the index. */
  allDocuments: () => Iterable<string>;
  /** Ids of the passages that hold a text. */
  passagesWith: (leaf: TextLeaf) => Promise<readonly string[]>;
};

export type ResolvedCondition = {
  where: string | null;
  /** Where it is not null, documents that are not in it are to be left out of what `where` finds. */
  onlyDocuments: ReadonlySet<string> | null;
};

const mostIds = 2000;

type Resolved = Tree<ColumnLeaf | { type: 'resolved'; sql: string }>;

export async function resolveCondition(
  condition: Condition,
  sources: ConditionSources,
): Promise<ResolvedCondition> {
  const members = condition.type === 'all' ? condition.of : [condition];
  const ofDocuments = members.map(documentCondition);
  const asked = ofDocuments.filter((member) => member !== null);
  const others = await Promise.all(
    members.filter((_, index) => ofDocuments[index] === null).map((member) => resolve(member, sources)),
  );
  const ids = asked.length > 0 ? sources.documentsWhere(joined(asked, 'AND')) : null;
  const listed = ids && listDocuments(ids, sources);
  const where = conditionToSql({ type: 'all', of: [...others, ...(listed ? [listed] : [])] });
  return { where, onlyDocuments: ids && !listed ? new Set(ids) : null };
}

/** Null where the list and its complement are both long. */
function listDocuments(
  ids: readonly string[],
  { allDocuments }: ConditionSources,
): { type: 'resolved'; sql: string } | null {
  if (ids.length <= mostIds) return { type: 'resolved', sql: isOneOf('documentId', ids) };
  const wanted = new Set(ids);
  const rest: string[] = [];
  for (const id of allDocuments()) {
    if (!wanted.has(id)) rest.push(id);
    if (rest.length > mostIds) return null;
  }
  return { type: 'resolved', sql: `NOT (${isOneOf('documentId', rest)})` };
}

/** A part of the tree that the manifest can answer alone, else null. */
function documentCondition(condition: Condition): ManifestCondition | null {
  switch (condition.type) {
    case 'filter':
      return 'documents' in condition ? condition.documents : null;
    case 'holds':
    case 'document':
      return null;
    case 'not': {
      const inner = documentCondition(condition.of);
      // A document that states nothing is none of those that state it.
      return inner && { sql: `NOT coalesce((${inner.sql}), 0)`, values: inner.values };
    }
    default: {
      const parts = condition.of.map(documentCondition);
      if (parts.length === 0 || parts.some((part) => part === null)) return null;
      return joined(parts as ManifestCondition[], condition.type === 'all' ? 'AND' : 'OR');
    }
  }
}

function joined(parts: readonly ManifestCondition[], operator: 'AND' | 'OR'): ManifestCondition {
  return {
    sql: parts.map(({ sql }) => `(${sql})`).join(` ${operator} `),
    values: parts.flatMap(({ values }) => values),
  };
}

async function resolve(condition: Condition, sources: ConditionSources): Promise<Resolved> {
  const ofDocuments = documentCondition(condition);
  // One of several conditions: it has to be in the SQL, however long the list.
  if (ofDocuments)
    return { type: 'resolved', sql: isOneOf('documentId', sources.documentsWhere(ofDocuments)) };
  switch (condition.type) {
    case 'holds':
      return { type: 'resolved', sql: isOneOf('chunkId', await sources.passagesWith(condition)) };
    case 'document':
      return { type: 'resolved', sql: isOneOf('documentId', [condition.id]) };
    case 'filter':
      return condition as Exclude<typeof condition, DocumentLeaf>;
    case 'not':
      return { type: 'not', of: await resolve(condition.of, sources) };
    default:
      return {
        type: condition.type,
        of: await Promise.all(condition.of.map((member) => resolve(member, sources))),
      };
  }
}
