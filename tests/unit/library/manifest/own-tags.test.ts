/** Tags that a person gives stay with the document through all that happens to its row, are asked for like stated ones, and come back with a file. */
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from 'vitest';
import { DocumentTable } from '../../../../src-main/library/manifest/document-table.ts';
import { anyValueLike } from '../../../../src-main/library/manifest/document-values.ts';
import { FolderTable } from '../../../../src-main/library/manifest/folder-table.ts';
import { libraryMigrations } from '../../../../src-main/library/manifest/library-migrations.ts';
import { tidyTag } from '../../../../src-main/library/manifest/tags/tidy-tag.ts';

let database: DatabaseSync;
let documents: DocumentTable;

beforeEach(() => {
  database = new DatabaseSync(':memory:');
  database.exec('PRAGMA foreign_keys = ON');
  for (const step of libraryMigrations) database.exec(step);
  database.exec("INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1), ('g', '/f/g', 1)");
  documents = new DocumentTable(database);
  add('lease.pdf');
  add('bill.pdf');
});

const file = (name: string, folder = '/f') => ({
  path: `${folder}/${name}`,
  relativePath: name,
  sizeBytes: 1,
  modifiedAt: 1,
});
const add = (name: string, folderId = 'f', folder = '/f') =>
  read(documents.addPending(folderId, file(name, folder), `${folderId} ${name}`));
const read = (id: string, stated: string[] = []) =>
  documents.finish(id, {
    state: 'indexed',
    reason: null,
    title: id,
    kind: 'pdf',
    pageCount: 1,
    chunkCount: 1,
    contentHash: 'hash',
    reader: 'pdf 1',
    facts: { authors: [], tags: stated },
  });
const tag = (name: string, added: string[], removed: string[] = []) =>
  documents.transaction(() =>
    documents.tags.change([documents.get(`f ${name}`)!], { add: added, remove: removed }),
  );
const change = (id: string, added: string[], removed: string[] = []) =>
  documents.tags.change([documents.get(id)!], { add: added, remove: removed });
const tagsOf = (id: string) => documents.get(id)?.tags;
const carrying = (asked: string) =>
  documents.values.matching(anyValueLike('tag', [asked, `${asked}/*`])).sort();

test('they stand beside those that the file states, and reading it again changes the latter alone', () => {
  tag('lease.pdf', ['Work', 'tax/2024']);
  read('f lease.pdf', ['flat']);
  expect(documents.get('f lease.pdf')).toMatchObject({
    tags: ['Work', 'tax/2024'],
    facts: { tags: ['flat'] },
  });
  for (const asked of ['work', 'tax', 'TAX/2024', 'flat']) expect(carrying(asked)).toEqual(['f lease.pdf']);
  read('f lease.pdf', []);
  expect(carrying('flat')).toEqual([]);
  expect(carrying('work')).toEqual(['f lease.pdf']);
});

test('spellings that differ by capitals or accents are one tag, and nothing is left of one that is taken away', () => {
  tag('lease.pdf', ['Müll', 'MULL', 'müll', 'work']);
  expect(tagsOf('f lease.pdf')).toEqual(['Müll', 'work']);
  tag('lease.pdf', [], ['mull', 'WORK', 'never there']);
  expect(documents.get('f lease.pdf')).not.toHaveProperty('tags');
  expect(carrying('mull')).toEqual([]);
});

test('a document is called by its tags', () => {
  tag('lease.pdf', ['harbour street']);
  const [found] = documents.names.find('Harbour Street', []);
  expect(found).toMatchObject({ documentId: 'f lease.pdf', isExact: true });
});

test('they go where the file goes', () => {
  tag('lease.pdf', ['work']);
  documents.move('f lease.pdf', 'g', file('flat.pdf', '/f/g'));
  expect(documents.get('f lease.pdf')).toMatchObject({ path: '/f/g/flat.pdf', tags: ['work'] });
  expect(carrying('work')).toEqual(['f lease.pdf']);
});

describe('a file that was gone', () => {
  test('has them again at its place, once', () => {
    tag('lease.pdf', ['work']);
    documents.remove(['f lease.pdf']);
    expect(carrying('work')).toEqual([]);
    expect(tagsOf(documents.addPending('f', file('other.pdf')))).toBeUndefined();
    const again = documents.addPending('f', file('lease.pdf'));
    expect(tagsOf(again)).toEqual(['work']);
    change(again, [], ['work']);
    documents.remove([again]);
    expect(tagsOf(documents.addPending('f', file('lease.pdf')))).toBeUndefined();
  });

  test('has them in the folder that has taken its own over', () => {
    add('bill.pdf', 'g', '/f/g');
    change('g bill.pdf', ['tax']);
    documents.remove(['g bill.pdf']);
    new FolderTable(database).takeOver('f', 'g', 'g', []);
    expect(tagsOf(documents.addPending('f', file('g/bill.pdf')))).toEqual(['tax']);
  });

  test('has none where its folder was taken out of the library', () => {
    tag('lease.pdf', ['work']);
    documents.remove(['f lease.pdf', 'f bill.pdf']);
    new FolderTable(database).remove('f');
    database.exec("INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1)");
    expect(tagsOf(documents.addPending('f', file('lease.pdf')))).toBeUndefined();
  });
});

test('documents inside a file keep theirs when it is read again', () => {
  const inner = (id: string) => ({
    ...documents.get('f lease.pdf')!,
    id,
    path: '/f/lease.pdf › offer.txt',
    relativePath: 'lease.pdf › offer.txt',
  });
  documents.replaceAttachments(documents.get('f lease.pdf')!, [inner('offer')]);
  change('offer', ['work']);
  documents.replaceAttachments(documents.get('f lease.pdf')!, []);
  documents.replaceAttachments(documents.get('f lease.pdf')!, [inner('offer again')]);
  expect(tagsOf('offer again')).toEqual(['work']);
  expect(carrying('work')).toEqual(['offer again']);
});

test('tags are counted with those below them, as written, and narrowed lists count what is in them', () => {
  tag('lease.pdf', ['Tax/2024', 'Tax']);
  tag('bill.pdf', ['tax/2023']);
  read('f bill.pdf', ['Müller']);
  expect(documents.countTags()).toEqual([
    { tag: 'Tax', documents: 2, given: 2 },
    { tag: 'Müller', documents: 1, given: 0 },
    { tag: 'tax/2023', documents: 1, given: 1 },
    { tag: 'Tax/2024', documents: 1, given: 1 },
  ]);
  expect(documents.list({ tag: 'TAX', offset: 0, limit: 5 }).total).toBe(2);
  const { tag: narrowed, state } = documents.facets({ tag: 'müller', pathContains: 'bill' });
  expect(narrowed).toEqual([
    { value: 'Müller', documents: 1 },
    { value: 'tax/2023', documents: 1 },
  ]);
  expect(state).toEqual([{ value: 'indexed', documents: 1 }]);
});

test.each([
  ['#Work ', 'Work'],
  [' two   words ', 'two words'],
  ['/tax//2024/', 'tax/2024'],
  ['税/二〇二四', '税/二〇二四'],
])('%j is the tag %j', (typed, tag) => {
  expect(tidyTag(typed)).toBe(tag);
});

test.each(['', ' # ', '//', 'a,b', 'say "so"', 'a*', 'a\u0000b', 'x'.repeat(101)])(
  '%j is no tag',
  (typed) => {
    expect(() => tidyTag(typed)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  },
);

test('nothing changes where one of the tags is none, or there would be too many', () => {
  expect(() => tag('lease.pdf', ['work', 'a,b'])).toThrow(/comma/);
  const many = Array.from({ length: 101 }, (_, index) => `tag ${index}`);
  expect(() => tag('lease.pdf', many)).toThrow(/more than 100/);
  expect(tagsOf('f lease.pdf')).toBeUndefined();
});

test('a library of before has none, and can be given some', () => {
  database = new DatabaseSync(':memory:');
  const before = libraryMigrations.findIndex((step) => step.includes('kept_tags'));
  for (const step of libraryMigrations.slice(0, before)) database.exec(step);
  database.exec("INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1)");
  database.exec(
    `INSERT INTO documents (id, folder_id, path, relative_path, title, size_bytes, modified_at, state, chunk_count)
     VALUES ('f lease.pdf', 'f', '/f/lease.pdf', 'lease.pdf', 'Lease', 1, 1, 'indexed', 1)`,
  );
  for (const step of libraryMigrations.slice(before)) database.exec(step);
  documents = new DocumentTable(database);
  expect(documents.get('f lease.pdf')).not.toHaveProperty('tags');
  tag('lease.pdf', ['work']);
  expect(carrying('work')).toEqual(['f lease.pdf']);
});
