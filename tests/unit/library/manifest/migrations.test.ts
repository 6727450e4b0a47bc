/** A library of the first version opens, keeps what it knew, and reads again what was plain text then. */
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

test('a library of the first version reads again what was plain text then, and nothing else', () => {
  const directory = mkdtempSync(join(tmpdir(), 'llara-migrations-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const first = new DatabaseSync(join(directory, 'library.sqlite'));
  first.exec(`${libraryMigrations[0]}; PRAGMA user_version = 1`);
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
  const database = openLibraryDatabase(directory);
  onTestFinished(() => closeLibraryDatabase(database, directory));
  const documents = new DocumentTable(database);
  expect(documents.withState('pending').map(({ id, contentHash }) => [id, contentHash])).toEqual([
    ['table.csv', null],
  ]);
  expect(documents.get('lease.pdf')).toMatchObject({ state: 'indexed', contentHash: 'hash' });
});
