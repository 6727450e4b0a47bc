/** A title that a hundred others have says nothing of a document: its file's name does. */
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import { DocumentTable } from '../../../../src-main/library/manifest/document-table.ts';
import { libraryMigrations } from '../../../../src-main/library/manifest/library-migrations.ts';

let documents: DocumentTable;

beforeEach(() => {
  const database = new DatabaseSync(':memory:');
  for (const step of libraryMigrations) database.exec(step);
  database.exec("INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1)");
  documents = new DocumentTable(database);
});

const add = (id: string, relativePath: string, title: string) => {
  documents.addPending('f', { path: `/f/${relativePath}`, relativePath, sizeBytes: 1, modifiedAt: 1 }, id);
  const read = { state: 'indexed', reason: null, kind: 'pdf', pageCount: 1, chunkCount: 1 } as const;
  documents.finish(id, { ...read, title, contentHash: 'hash', reader: 'pdf 1' });
};
const addSummaries = (count: number) => {
  for (let number = 0; number < count; number++)
    add(`s${number}`, `${number}/report ${number}.v2.pdf`, 'Summary');
};
const titleOf = (id: string) => documents.getMany([id])[0]?.title;

test('documents keep the title that fewer than a hundred others have', () => {
  addSummaries(100);
  add('lease', 'lease.pdf', 'Rental agreement');
  expect(['s7', 'lease'].map(titleOf)).toEqual(['Summary', 'Rental agreement']);
});

test('with a hundred others, each is called by its file, wherever it is shown, and by its title again when they are gone', () => {
  addSummaries(101);
  add('lease', 'lease.pdf', 'Rental agreement');
  add('inside', 'mail.eml › offer.docx', 'Summary');
  expect(['s7', 'lease', 'inside'].map(titleOf)).toEqual(['report 7.v2', 'Rental agreement', 'offer']);
  const listed = documents.list({ offset: 0, limit: 200 }).documents;
  expect(listed.filter(({ title }) => title === 'Summary')).toEqual([]);
  expect(documents.shown(documents.get('s7')!)).toEqual(documents.getMany(['s7'])[0]);
  // What is known of it is not lost.
  expect(documents.get('s7')?.title).toBe('Summary');
  documents.remove(['s1', 's2']);
  expect(titleOf('s7')).toBe('Summary');
});
