/** A single file as an entry of a library: read, followed, forgotten, and taken over by a folder that is added later. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';

let test: TestEngine;
let letters: string;
let ferry: string;
const client = () => createRouterClient(createRouter(test.engine));
const session = () => test.engine.libraries.get('default');
const documents = () => session().documents.list({ offset: 0, limit: 100 }).documents;
const add = async (path: string) => {
  const { folder, jobId } = await client().folders.add({ path });
  expect((await test.engine.jobs.wait(jobId)).failure).toBeNull();
  return folder;
};

beforeEach(async () => {
  test = new TestEngine();
  letters = test.path('documents', 'letters');
  ferry = join(letters, 'ferry.txt');
  mkdirSync(letters, { recursive: true });
  writeFileSync(ferry, 'The ferry leaves at seven in the morning.');
  writeFileSync(join(letters, 'soup.txt'), 'Slice the leeks and simmer them in butter.');
  await test.makeModel();
  await test.open();
});
afterEach(async () => await test.close());

it('reads the file and nothing beside it, whatever its name', async () => {
  const folder = await add(ferry);
  expect(folder).toMatchObject({ path: ferry, isFile: true, exclude: [] });
  expect(documents()).toMatchObject([{ path: ferry, relativePath: 'ferry.txt', state: 'indexed' }]);
  expect((await test.search('leeks', { mode: 'lexical' })).groups).toEqual([]);
  writeFileSync(join(letters, '.hidden.txt'), 'The anchor lies behind the shed.');
  await add(join(letters, '.hidden.txt'));
  expect((await test.search('anchor', { mode: 'lexical' })).groups).toHaveLength(1);
});

it('counts it before it is read, and shows what is beside it', async () => {
  expect(await client().folders.preview({ path: ferry })).toMatchObject({
    files: 1,
    documents: 1,
    sizeBytes: 41,
  });
  const listing = await client().folders.browse({ path: ferry });
  expect(listing).toMatchObject({ path: ferry, isFile: true, parent: test.path('documents'), folders: [] });
  expect(listing.files.map(({ name }) => name)).toEqual(['ferry.txt', 'soup.txt']);
});

it('sees that it was changed, and that it was deleted', async () => {
  const { id } = await add(ferry);
  writeFileSync(ferry, 'The ferry leaves at nine in the evening.');
  await test.index();
  expect((await test.search('evening', { mode: 'lexical' })).groups).toHaveLength(1);
  rmSync(ferry);
  await test.index();
  expect(documents()).toEqual([]);
  expect(session().folders.find(id)?.unavailable).toContain('was moved or deleted');
  writeFileSync(ferry, 'The ferry is back.');
  await test.index();
  expect(documents()).toHaveLength(1);
  expect(session().folders.find(id)?.unavailable).toBeNull();
});

it('keeps the document while the folder of the file is away or empty, as that of a disk may be', async () => {
  const { id } = await add(ferry);
  renameSync(letters, `${letters}-away`);
  await test.index();
  expect(documents()).toMatchObject([{ state: 'indexed' }]);
  expect(session().folders.find(id)?.unavailable).toContain('removable disk');
  mkdirSync(letters);
  await test.index();
  expect(documents()).toHaveLength(1);
});

it('follows the file into a folder of the library', async () => {
  const other = test.path('archive');
  mkdirSync(other);
  await add(other);
  await add(ferry);
  const [before] = documents();
  renameSync(ferry, join(other, 'ferry.txt'));
  await test.index();
  expect(documents()).toMatchObject([{ id: before!.id, path: join(other, 'ferry.txt') }]);
});

it.each([
  ['its own folder', () => letters, 'ferry.txt'],
  ['one further up', () => test.path('documents'), 'letters/ferry.txt'],
])('gives it to %s once that is added, as it is', async (_, folderOf, relativePath) => {
  await add(ferry);
  const [before] = documents();
  const folder = await add(folderOf());
  expect(session().folders.list()).toMatchObject([{ path: folderOf(), isFile: false }]);
  const after = documents().find(({ id }) => id === before!.id);
  expect(after).toMatchObject({ folderId: folder.id, relativePath, state: 'indexed' });
  expect(documents()).toHaveLength(2);
});

it('refuses a file that is searched already, and names the folder that holds it', async () => {
  await add(letters);
  await expect(client().folders.add({ path: ferry })).rejects.toThrow(letters);
});
