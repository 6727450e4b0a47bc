/**
 * Which rows of the manifest a reader gets, and in which form: of each table the columns that say something of the library. What a person typed
 * (questions, verdicts, saved searches) stays with that person.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';

type PublishedTable = { table: string; key: string; columns: readonly string[]; order: string };

/** In the order in which rows may be put in: each names only rows of those before. */
export const publishedTables: readonly PublishedTable[] = [
  {
    table: 'folders',
    key: 'id',
    columns: ['id', 'path', 'exclude', 'added_at', 'recognise', 'is_file'],
    order: 'added_at',
  },
  {
    table: 'documents',
    key: 'id',
    columns: [
      'id',
      'folder_id',
      'parent_id',
      'path',
      'relative_path',
      'title',
      'kind',
      'size_bytes',
      'modified_at',
      'content_hash',
      'state',
      'reason',
      'page_count',
      'chunk_count',
      'language',
      'facts',
      'reader',
      'waiting_pages',
    ],
    // A file comes before what is in it.
    order: 'parent_id IS NOT NULL',
  },
  {
    table: 'document_copies',
    key: 'document_id',
    columns: ['document_id', 'content_hash', 'family', 'seen_at'],
    order: 'document_id',
  },
  {
    table: 'vector_sets',
    key: 'id',
    columns: ['id', 'encoder', 'encoder_name', 'adapter', 'dimension', 'state', 'created_at'],
    order: 'created_at',
  },
];

const wordsPrefix = 'words/';

export const keyOfRow = (table: string, key: string): string => `row/${table}/${key}`;

/** Of a key that `keyOfRow` made. */
export function rowOfKey(key: string): { table: PublishedTable; id: string } | null {
  const [, name, id] = /^row\/(\w+)\/(.*)$/s.exec(key) ?? [];
  const table = publishedTables.find((candidate) => candidate.table === name);
  return table && id !== undefined ? { table, id } : null;
}

/** Whether a key of the store is one of these rows; others are notes. */
export const isPublishedKey = (key: string): boolean => /^(row|words)\//.test(key);

/** Everything that a reader gets, as texts by key. */
export function* rowsToPublish(database: DatabaseSync): Generator<[key: string, text: string]> {
  for (const { table, key, columns, order } of publishedTables) {
    const rows = database.prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${order}`);
    for (const row of rows.iterate()) yield [keyOfRow(table, String(row[key])), JSON.stringify(row)];
  }
  let prefix = '';
  let words: string[] = [];
  for (const row of database.prepare('SELECT word FROM vocabulary ORDER BY word').iterate()) {
    const word = String(row.word);
    const next = [...word].slice(0, 2).join('');
    if (next !== prefix && words.length > 0) yield [`${wordsPrefix}${prefix}`, words.join(' ')];
    if (next !== prefix) words = [];
    prefix = next;
    words.push(word);
  }
  if (words.length > 0) yield [`${wordsPrefix}${prefix}`, words.join(' ')];
}

/** Inside a transaction: puts one row into a reader's manifest, in the place of what it had under that key. */
export function putRow(database: DatabaseSync, key: string, text: string): void {
  if (key.startsWith(wordsPrefix)) {
    const insert = database.prepare('INSERT OR IGNORE INTO vocabulary (word) VALUES (?)');
    for (const word of text.split(' ')) insert.run(word);
    return;
  }
  const found = rowOfKey(key);
  if (!found) return;
  const { table, columns, key: keyColumn } = found.table;
  const row = JSON.parse(text) as Record<string, SQLInputValue>;
  const updates = columns.filter((name) => name !== keyColumn).map((name) => `${name} = excluded.${name}`);
  database
    .prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
       ON CONFLICT (${keyColumn}) DO UPDATE SET ${updates.join(', ')}`,
    )
    .run(...columns.map((name) => row[name] ?? null));
}
