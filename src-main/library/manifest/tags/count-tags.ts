/**
 * The tags of a library or of a narrowed list, with how many documents each would find by `tag:`: those that carry it or one below it. Tags that
 * a person gave and those that files state count alike.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { TagCount } from '../../../contract/documents/tags.ts';
import type { SqlCondition } from '../listing/document-filter.ts';
import { keyOfTag } from './tidy-tag.ts';

/** `where` is on the columns of `documents`. The most frequent first. */
export function countTags(database: DatabaseSync, where: SqlCondition, limit: number): TagCount[] {
  const rows = database
    .prepare(
      `WITH narrowed AS (SELECT id, tags, facts FROM documents ${where.sql}),
         carried AS (SELECT value, document_id FROM document_values WHERE field = 'tag' AND document_id IN (SELECT id FROM narrowed)),
         named AS (SELECT value, min(document_id) AS example FROM carried GROUP BY value),
         counted AS (
           SELECT named.value AS value, example, count(DISTINCT document_id) AS n FROM named
           JOIN carried ON carried.value = named.value
             OR (carried.value > named.value || '/' AND carried.value < named.value || '0')
           GROUP BY named.value ORDER BY n DESC, named.value LIMIT ?
         )
       SELECT value, n, tags, facts FROM counted JOIN narrowed ON narrowed.id = example ORDER BY n DESC, value`,
    )
    .all(...where.values, limit);
  const given = countGiven(database, where);
  return rows.map(({ value, n, tags, facts }) => ({
    tag: asWritten(String(value), tags, facts),
    documents: Number(n),
    given: given(String(value)),
  }));
}

function countGiven(database: DatabaseSync, { sql, values }: SqlCondition): (key: string) => number {
  const narrowed = sql === '' ? 'WHERE tags IS NOT NULL' : `${sql} AND tags IS NOT NULL`;
  const lists = database
    .prepare(`SELECT tags FROM documents ${narrowed}`)
    .all(...values)
    .map(({ tags }) => (JSON.parse(String(tags)) as string[]).map(keyOfTag));
  const counts = new Map<string, number>();
  for (const keys of lists) {
    for (const key of new Set(keys.flatMap(withThoseAbove))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (key) => counts.get(key) ?? 0;
}

/** `tax/2024` counts for `tax` as well. */
function withThoseAbove(key: string): string[] {
  const parts = key.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The manifest asks for folded words; a person reads what was written. */
function asWritten(key: string, tags: unknown, facts: unknown): string {
  const own = tags == null ? [] : (JSON.parse(String(tags)) as string[]);
  const stated = facts == null ? [] : ((JSON.parse(String(facts)) as { tags: string[] }).tags ?? []);
  return [...own, ...stated].find((tag) => keyOfTag(tag) === key) ?? key;
}
