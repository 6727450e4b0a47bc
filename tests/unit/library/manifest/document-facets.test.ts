/** What a list of documents can be narrowed to, with counts that agree with the list. */
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import { DocumentTable } from '../../../../src-main/library/manifest/document-table.ts';
import { libraryMigrations } from '../../../../src-main/library/manifest/library-migrations.ts';
import type { DocumentFilter } from '../../../../src-main/library/manifest/listing/document-filter.ts';

let documents: DocumentTable;

beforeEach(() => {
  const database = new DatabaseSync(':memory:');
  for (const step of libraryMigrations) database.exec(step);
  database.exec("INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1)");
  documents = new DocumentTable(database);
  const rows: [string, string | null, string, string | null, string, string | null][] = [
    ['lease.pdf', 'pdf', 'indexed', 'en', '2021-05-04', null],
    ['scan.pdf', 'pdf', 'scan', null, '2021-07-01', null],
    ['letter.md', 'markdown', 'indexed', 'de', '2024-01-01', '2019-03-02'],
    ['note.md', 'markdown', 'indexed', 'en', '2024-01-01', null],
    ['thing.bin', null, 'unsupported', null, '2024-06-01', null],
  ];
  const insert = database.prepare(
    `INSERT INTO documents (id, folder_id, path, relative_path, title, kind, size_bytes, modified_at, state, language, facts)
     VALUES (?, 'f', ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
  );
  for (const [name, kind, state, language, modified, own] of rows) {
    const facts = own && JSON.stringify({ authors: [], tags: [], date: Date.parse(own) });
    insert.run(name, `/f/${name}`, name, name, kind, Date.parse(modified), state, language, facts);
  }
});

const list = (filter: DocumentFilter) =>
  documents.list({ ...filter, offset: 0, limit: 10 }).documents.map(({ id }) => id);
const counted = (filter: DocumentFilter) =>
  Object.fromEntries(
    Object.entries(documents.facets(filter)).map(([facet, values]) => [
      facet,
      values.map(({ value, documents: n }) => `${value} ${n}`).join(', '),
    ]),
  );

test('each state, kind, language and year is counted, a document’s own date before that of its file', () => {
  expect(counted({})).toEqual({
    state: 'indexed 3, scan 1, unsupported 1',
    kind: 'markdown 2, pdf 2',
    language: 'en 2, de 1',
    year: '2024 2, 2021 2, 2019 1',
    tag: '',
  });
});

test('what is set of a facet narrows the others and not itself', () => {
  expect(counted({ kind: 'pdf', year: 2021 })).toEqual({
    state: 'indexed 1, scan 1',
    kind: 'pdf 2',
    language: 'en 1',
    year: '2021 2',
    tag: '',
  });
  expect(counted({ pathContains: 'note' }).kind).toBe('markdown 1');
});

test.each([
  [{ kind: 'pdf' }, ['lease.pdf', 'scan.pdf']],
  [{ kind: 'pdf', state: 'scan' }, ['scan.pdf']],
  [{ language: 'en' }, ['lease.pdf', 'note.md']],
  [{ year: 2019 }, ['letter.md']],
  [{ year: 2024 }, ['note.md', 'thing.bin']],
  [{ year: 2024, pathContains: 'note' }, ['note.md']],
  [{ year: 1970 }, []],
] as const)('%j lists %j', (filter, ids) => {
  expect(list(filter)).toEqual(ids);
});
