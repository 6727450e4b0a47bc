/**
 * Which rows of the manifest a reader gets, and in which form: of each table the columns that say something of the library. What a person typed
 * (questions, verdicts, saved searches) stays with that person, but for the tags of documents, by which others find them too.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

type PublishedTable = { table: string; key: string; columns: readonly string[] };

/** In the order in which rows may be put in: each names only rows of those before. */
export const publishedTables: readonly PublishedTable[] = [
  {
    table: 'folders',
    key: 'id',
    columns: ['id', 'path', 'exclude', 'added_at', 'recognise', 'is_file'],
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
      'tags',
      'reader',
      'waiting_pages',
    ],
  },
  {
    table: 'document_copies',
    key: 'document_id',
    columns: ['document_id', 'content_hash', 'family', 'seen_at'],
  },
  {
    table: 'vector_sets',
    key: 'id',
    columns: ['id', 'encoder', 'encoder_name', 'adapter', 'dimension', 'state', 'created_at'],
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

/** Read at a time: the manifest may be written to between two. */
const rowsPerPage = 2000;

/** Everything that a reader gets, as texts by key. */
export function* rowsToPublish(database: DatabaseSync): Generator<[key: string, text: string]> {
  for (const { table, key, columns } of publishedTables) {
    const parts = columns.map((name) => `'${name}', ${name}`).join(', ');
    const page = database.prepare(
      `SELECT rowid, ${key}, json_object(${parts}) FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ${rowsPerPage}`,
    );
    page.setReturnArrays(true);
    const rowsAfter = (row: number) => page.all(row) as unknown as [number, string, string][];
    for (let after = -1, rows = rowsAfter(after); rows.length > 0; rows = rowsAfter(after)) {
      for (const [row, id, text] of rows) {
        yield [keyOfRow(table, id), text];
        after = row;
      }
    }
  }
  yield* wordsToPublish(database);
}

/** One text for all words that begin with the same two letters. */
function* wordsToPublish(database: DatabaseSync): Generator<[key: string, text: string]> {
  const page = database.prepare(
    `SELECT word FROM vocabulary WHERE word > ? ORDER BY word LIMIT ${rowsPerPage}`,
  );
  let prefix = '';
  let words: string[] = [];
  for (let after = '', rows = page.all(after); rows.length > 0; rows = page.all(after)) {
    for (const { word } of rows) {
      after = String(word);
      const next = [...after].slice(0, 2).join('');
      if (next !== prefix && words.length > 0) yield [`${wordsPrefix}${prefix}`, words.join(' ')];
      if (next !== prefix) words = [];
      prefix = next;
      words.push(after);
    }
  }
  if (words.length > 0) yield [`${wordsPrefix}${prefix}`, words.join(' ')];
}

/** Puts rows into a reader's manifest, each in the place of what it had under that key. */
export class RowWriter {
  readonly #words: StatementSync;
  readonly #upserts: ReadonlyMap<string, StatementSync>;

  constructor(database: DatabaseSync) {
    this.#words = database.prepare('INSERT OR IGNORE INTO vocabulary (word) VALUES (?)');
    this.#upserts = new Map(
      publishedTables.map(({ table, columns, key }) => {
        const updates = columns.filter((name) => name !== key).map((name) => `${name} = excluded.${name}`);
        return [
          table,
          database.prepare(
            `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
             ON CONFLICT (${key}) DO UPDATE SET ${updates.join(', ')}`,
          ),
        ];
      }),
    );
  }

  /** Inside a transaction. */
  put(key: string, text: string): void {
    if (key.startsWith(wordsPrefix)) for (const word of text.split(' ')) this.#words.run(word);
    const found = rowOfKey(key);
    if (!found) return;
    const row = JSON.parse(text) as Record<string, SQLInputValue>;
    const { table, columns } = found.table;
    this.#upserts.get(table)?.run(...columns.map((name) => row[name] ?? null));
  }
}
