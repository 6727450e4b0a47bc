/** A library of any earlier version opens with the present tables and keeps what it knew; one of the first reads again what was plain text then. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { DocumentTable } from '../../../../src-main/library/manifest/document-table.ts';
import {
  closeLibraryDatabase,
  openLibraryDatabase,
} from '../../../../src-main/library/manifest/library-database.ts';
import { libraryMigrations } from '../../../../src-main/library/manifest/library-migrations.ts';

const temporaryDirectory = () => {
  const directory = mkdtempSync(join(tmpdir(), 'llara-migrations-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

/** The library's file as it was when it had been through so many steps. */
const databaseOf = (directory: string, version: number) => {
  const database = new DatabaseSync(join(directory, 'library.sqlite'));
  for (const step of libraryMigrations.slice(0, version)) database.exec(step);
  database.exec(`PRAGMA user_version = ${version}`);
  return database;
};

const open = (directory: string) => {
  const database = openLibraryDatabase(directory);
  onTestFinished(() => closeLibraryDatabase(database, directory));
  return database;
};

const schemaOf = (database: DatabaseSync) =>
  database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name').all();

/** What each version could have written of one document, and by which query it is still known, with the step since when it could. */
const written = [
  {
    since: 1,
    sql: `INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1);
      INSERT INTO documents (id, folder_id, path, relative_path, title, kind, size_bytes, modified_at, content_hash, state)
        VALUES ('lease', 'f', '/f/lease.pdf', 'lease.pdf', 'Lease', 'pdf', 1, 1, 'hash', 'indexed');
      INSERT INTO feedback (at, query, chunk_id, passage, verdict) VALUES (1, 'end', 'lease:0', 'It ends.', 'helpful')`,
    known: `SELECT count(*) AS count FROM documents JOIN folders ON folders.id = folder_id, feedback
      WHERE state = 'indexed' AND content_hash = 'hash' AND is_file = 0 AND recognise = 1 AND verdict = 'helpful'`,
  },
  {
    since: 8,
    sql: `INSERT INTO document_values (document_id, field, value) VALUES ('lease', 'title', 'Lease of the mill')`,
    known: `SELECT count(*) AS count FROM document_values
      WHERE document_id = 'lease' AND id IN (SELECT rowid FROM value_words WHERE value_words MATCH 'mill')`,
  },
  {
    since: 10,
    sql: `INSERT INTO saved_searches VALUES ('Lease', 'when does it end', 'hybrid', 1, 1)`,
    known: `SELECT count(*) AS count FROM saved_searches WHERE name = 'lease'`,
  },
  {
    since: 15,
    sql: `UPDATE documents SET tags = '["home"]'`,
    known: `SELECT count(*) AS count FROM documents WHERE tags = '["home"]'`,
  },
];

test.each(libraryMigrations.map((_, steps) => steps + 1))(
  'a library that has been through %i steps gets the tables of a new one, and keeps what it knew',
  (version) => {
    const directory = temporaryDirectory();
    const earlier = databaseOf(directory, version);
    const held = written.filter(({ since }) => since <= version);
    for (const { sql } of held) earlier.exec(sql);
    earlier.close();
    const database = open(directory);
    expect(schemaOf(database)).toEqual(schemaOf(open(temporaryDirectory())));
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: libraryMigrations.length });
    expect(held.map(({ known }) => database.prepare(known).get()?.count)).toEqual(held.map(() => 1));
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  },
);

test('a library of the first version reads again what was plain text then, and nothing else', () => {
  const directory = temporaryDirectory();
  const first = databaseOf(directory, 1);
  first.exec(`INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1)`);
  const add = first.prepare(
    `INSERT INTO documents (id, folder_id, path, relative_path, title, kind, size_bytes, modified_at, content_hash, state)
     VALUES (?, 'f', ?, ?, ?, ?, 1, 1, 'hash', ?)`,
  );
  for (const [id, kind, state] of [
    ['sheet.xlsx', null, 'unsupported'],
    ['table.csv', 'text', 'indexed'],
    ['lease.pdf', 'pdf', 'indexed'],
    ['scan.pdf', 'pdf', 'empty'],
  ] as const) {
    add.run(id, `/f/${id}`, id, id, kind, state);
  }
  first.close();
  const database = open(directory);
  const documents = new DocumentTable(database);
  expect(documents.withState('pending').map(({ id, contentHash }) => [id, contentHash])).toEqual([
    ['table.csv', null],
  ]);
  expect(documents.get('lease.pdf')).toMatchObject({ state: 'indexed', contentHash: 'hash' });
});
