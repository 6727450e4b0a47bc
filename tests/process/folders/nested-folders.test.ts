/** Folders that lie in one another: every file belongs to one of them, and what was read of it is kept. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';

let test: TestEngine;
let outer: string;
let inner: string;
const client = () => createRouterClient(createRouter(test.engine));
const session = () => test.engine.libraries.get('default');
const documents = () => session().documents.list({ offset: 0, limit: 100 }).documents;
const add = async (path: string, exclude: string[] = []) => {
  const { folder, jobId } = await client().folders.add({ path, exclude });
  const job = await test.engine.jobs.wait(jobId);
  expect(job.failure).toBeNull();
  return { folder, result: job.result };
};

beforeEach(async () => {
  test = new TestEngine();
  outer = test.path('documents');
  inner = join(outer, 'letters');
  mkdirSync(join(inner, 'old'), { recursive: true });
  writeFileSync(join(inner, 'ferry.txt'), 'The ferry leaves at seven in the morning.');
  writeFileSync(join(inner, 'old', 'boat.txt'), 'The boat was sold in autumn.');
  writeFileSync(join(outer, 'soup.txt'), 'Slice the leeks and simmer them in butter.');
  await test.makeModel();
  await test.open();
});
afterEach(async () => await test.close());

it('gives the documents of an inner folder to the outer one, as they are', async () => {
  await add(inner, ['old']);
  const before = documents();
  expect(before).toHaveLength(1);
  const rowsBefore = await session().vectors.active.countRows();
  const { folder, result } = await add(outer);
  expect(result).toMatchObject({ files: 2, added: 1, read: 1, removed: 0, moved: 0 });
  expect(
    session()
      .folders.list()
      .map(({ path }) => path),
  ).toEqual([outer]);
  expect(folder.exclude).toEqual(['letters/**/old']);
  const ferry = documents().find(({ id }) => id === before[0]!.id);
  expect(ferry).toMatchObject({ folderId: folder.id, relativePath: 'letters/ferry.txt', state: 'indexed' });
  expect(await session().vectors.active.countRows()).toBe(rowsBefore + 1);
  expect((await test.search('ferry', { mode: 'dense' })).groups).toHaveLength(2);
});

it('refuses a folder that is searched already, and names the one that holds it', async () => {
  await add(outer);
  await expect(client().folders.add({ path: inner })).rejects.toThrow(outer);
  expect(session().folders.list()).toHaveLength(1);
});

it('lets what a tool has built stand for itself where a person adds it', async () => {
  writeFileSync(join(outer, 'package.json'), '{}');
  const built = join(outer, 'dist');
  mkdirSync(built);
  writeFileSync(join(built, 'manual.txt'), 'The manual of the ferry.');
  await add(built);
  await add(outer);
  expect(documents().map(({ relativePath }) => relativePath)).toContain('manual.txt');
  expect(session().folders.list()).toHaveLength(2);
});

it('lets a folder stand for itself that the outer one leaves out', async () => {
  await add(outer, ['letters']);
  const { result } = await add(inner);
  expect(result).toMatchObject({ files: 3, added: 2 });
  expect(session().folders.list()).toHaveLength(2);
});

it('mends a library whose folders overlap', async () => {
  await add(inner);
  session().folders.add(outer, []);
  const { result } = await test.index();
  expect(result).toMatchObject({ files: 3, added: 1, removed: 0 });
  expect(session().folders.list()).toHaveLength(1);
});
