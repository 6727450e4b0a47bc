/**
 * The tags of a library or of a narrowed list, with how many documents each would find by `tag:`: those that carry it or one below it. Tags that
 * a person gave and those that files state count alike.
 */
import type { DatabaseSync } from 'node:sqlite';
import { keyOfTag } from '../../../contract/documents/same-tag.ts';
import type { TagCount } from '../../../contract/documents/tags.ts';
import type { SqlCondition } from '../listing/document-filter.ts';

/** `where` is on the columns of `documents`; a `limit` below 0 is none. The most frequent first. */
export function countTags(database: DatabaseSync, where: SqlCondition, limit: number): TagCount[] {
  const rows = database
    .prepare(
      `SELECT value, document_id FROM document_values
       WHERE field = 'tag' AND document_id IN (SELECT id FROM documents ${where.sql}) ORDER BY document_id`,
    )
    .all(...where.values);
  const examples = new Map<string, string>();
  for (const { value, document_id } of rows) {
    if (!examples.has(String(value))) examples.set(String(value), String(document_id));
  }
  const carried = Map.groupBy(rows, (row) => String(row.document_id)).values();
  const numberOf = documentsByKey(Array.from(carried, (own) => own.map(({ value }) => String(value))));
  const keys = [...examples.keys()].sort((a, b) => numberOf(b) - numberOf(a) || (a < b ? -1 : 1));
  const given = documentsByKey(keysGiven(database, where));
  const example = database.prepare('SELECT tags, facts FROM documents WHERE id = ?');
  return keys.slice(0, limit < 0 ? undefined : limit).map((key) => {
    const { tags, facts } = example.get(examples.get(key)!)!;
    return { tag: asWritten(key, tags, facts), documents: numberOf(key), given: given(key) };
  });
}

/** Of each document, the keys of the tags that a person gave it. */
function keysGiven(database: DatabaseSync, { sql, values }: SqlCondition): string[][] {
  const narrowed = sql === '' ? 'WHERE tags IS NOT NULL' : `${sql} AND tags IS NOT NULL`;
  return database
    .prepare(`SELECT tags FROM documents ${narrowed}`)
    .all(...values)
    .map(({ tags }) => (JSON.parse(String(tags)) as string[]).map(keyOfTag));
}

/** In one pass: a comparison of every tag with every other one is too slow for a library of many keywords. */
function documentsByKey(keysOfDocuments: readonly string[][]): (key: string) => number {
  const counts = new Map<string, number>();
  for (const keys of keysOfDocuments) {
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
