/** What documents say of themselves is found by the beginnings of its words, whatever became of the documents and of the file meanwhile. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { DocumentTable } from '../../../../src-main/library/manifest/document-table.ts';
import {
  anyValueHolds,
  type DocumentValueField,
  DocumentValues,
  wordsOfValue,
} from '../../../../src-main/library/manifest/document-values.ts';
import { libraryMigrations } from '../../../../src-main/library/manifest/library-migrations.ts';

const numbered = libraryMigrations.findIndex((step) => step.includes('value_words'));
let database: DatabaseSync;
let documents: DocumentTable;

beforeEach(() => {
  database = new DatabaseSync(':memory:');
  database.exec('PRAGMA foreign_keys = ON');
  for (const step of libraryMigrations) database.exec(step);
  database.exec("INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1)");
  documents = new DocumentTable(database);
});

function add(id: string, title: string, author: string): void {
  database
    .prepare(
      `INSERT INTO documents (id, folder_id, path, relative_path, title, size_bytes, modified_at, state, chunk_count)
       VALUES (?, 'f', ?, ?, ?, 1, 1, 'indexed', 1)`,
    )
    .run(id, `/f/${id}`, id, title);
  put(id, title, author);
}

const put = (id: string, title: string, author: string) =>
  new DocumentValues(database).put(id, [
    { field: 'title', value: title },
    { field: 'author', value: author },
    { field: 'tag', value: 'lease' },
  ]);

const found = (field: DocumentValueField, asked: string, within = database): string[] =>
  new DocumentValues(within).matching(anyValueHolds(field, wordsOfValue(asked))).sort();

test.each([
  ['title', 'lease', ['a', 'b']],
  ['title', 'LEAS', ['a', 'b']],
  ['title', 'flat lease', ['a']],
  ['title', 'ease', []],
  ['title', 'ames', []],
  ['author', 'ames', ['a']],
  ['author', 'Müll', ['b']],
  ['author', 'ann mull', []],
  ['title', '𠮷野', ['b']],
] as const)('%s:%s finds %j', (field, asked, ids) => {
  add('a', 'Lease of the flat', 'Ann Ames');
  add('b', 'Leasehold 𠮷野家', 'Bo Müller');
  add('c', 'Notice', 'Cy Lessing');
  expect(found(field, asked)).toEqual(ids);
});

test('what was said before, and what is gone, is not found', () => {
  add('a', 'Lease', 'Ann');
  add('b', 'Lease', 'Bo');
  put('a', 'Contract', 'Ann');
  expect(found('title', 'lease')).toEqual(['b']);
  expect(found('title', 'contr')).toEqual(['a']);
  documents.remove(['b']);
  expect(found('title', 'lease')).toEqual([]);
});

test('a copy of the file finds the same', () => {
  const directory = mkdtempSync(join(tmpdir(), 'llara-values-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const id of ['a', 'b', 'c']) add(id, `Lease ${id}`, id);
  database.prepare('DELETE FROM document_values WHERE document_id = ?').run('a');
  const path = join(directory, 'copy.sqlite');
  database.prepare('VACUUM INTO ?').run(path);
  const copy = new DatabaseSync(path);
  onTestFinished(() => copy.close());
  expect(found('title', 'lease c', copy)).toEqual(['c']);
  expect(found('title', 'lease', copy)).toEqual(['b', 'c']);
});

test('a library of before the index finds the same', () => {
  const earlier = new DatabaseSync(':memory:');
  onTestFinished(() => earlier.close());
  for (const step of libraryMigrations.slice(0, numbered)) earlier.exec(step);
  database = earlier;
  earlier.exec("INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1)");
  add('a', 'Lease', 'Ann');
  earlier.exec(libraryMigrations[numbered]!);
  expect(found('title', 'lea')).toEqual(['a']);
  put('a', 'Notice', 'Ann');
  expect(found('title', 'lea')).toEqual([]);
});
