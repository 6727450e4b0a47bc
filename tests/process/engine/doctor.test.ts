/** The doctor finds what is wrong with a library, says nothing of a sound one, and mends what can be read again. */
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

const test = new TestEngine();
const examine = async (repair = false) =>
  await createRouterClient(createRouter(test.engine)).engine.examine({ repair });
const session = () => test.engine.libraries.get('default');

beforeEach(async () => {
  await test.makeModel();
  await test.open();
  writeTextFolder(test.path('papers'), 4);
  await test.index(test.path('papers'));
});
afterEach(() => test.close());

it('mends passages and texts that are missing or left over', async () => {
  expect(await examine()).toEqual({ checks: 13, libraries: 1, findings: [] });
  const [first, second] = session().documents.withState('indexed');
  const rowsBefore = await session().vectors.active.countRows();
  await session().vectors.active.removeDocuments([first!.id]);
  // As a kill between two writes leaves them.
  session().documents.remove([second!.id]);
  const repairs = async (repair: boolean) =>
    (await examine(repair)).findings.map((finding) => [finding.check, finding.repair]);
  const found = ['passages', 'passages', 'texts'];
  expect(await repairs(false)).toEqual(found.map((check) => [check, 'possible']));
  expect(await repairs(true)).toEqual(found.map((check) => [check, 'done']));
  await Promise.all(test.engine.jobs.list().map(({ id }) => test.engine.jobs.wait(id)));
  expect((await examine()).findings).toEqual([]);
  expect(await session().vectors.active.countRows()).toBe(rowsBefore);
});

it('says what only a person can mend', async () => {
  session().folders.setUnavailable(session().folders.list()[0]!.id, 'The disk is away.');
  expect((await examine(true)).findings).toEqual([
    { library: 'default', check: 'folders', message: 'The disk is away.', repair: 'person' },
  ]);
});

it('says that the reranker of the settings is gone', async () => {
  await test.engine.settings.update({ reranker: 'aaaaaaaaaaaaaaaa' });
  expect((await examine(true)).findings).toEqual([
    expect.objectContaining({
      library: null,
      check: 'models',
      message: expect.stringContaining('reranker'),
      repair: 'person',
    }),
  ]);
});

const finish = () => Promise.all(test.engine.jobs.list().map(({ id }) => test.engine.jobs.wait(id)));
const outcomes = async (repair: boolean) =>
  (await examine(repair)).findings.map((finding) => [finding.check, finding.repair]);
const library = (...parts: string[]) => join(test.home, 'libraries', 'default', ...parts);

/** Changes the manifest as only damage does. */
async function inManifest(sql: string): Promise<void> {
  await test.engine.close();
  const database = new DatabaseSync(library('library.sqlite'));
  database.exec(sql);
  database.close();
  await test.open();
}

it('mends names that do not fit the documents', async () => {
  await inManifest(
    "DELETE FROM document_names WHERE rowid = (SELECT min(rowid) FROM document_names); INSERT INTO document_names (document_id, name) VALUES ('gone', 'x')",
  );
  expect((await examine()).findings).toMatchObject([
    { check: 'names', message: expect.stringContaining('2') },
  ]);
  expect(await outcomes(true)).toEqual([['names', 'done']]);
  await finish();
  expect(await outcomes(false)).toEqual([]);
});

it('mends texts that were read from another content', async () => {
  const [first] = session().documents.withState('indexed');
  session().texts.put(first!.id, 'other', session().texts.get(first!.id, first!.contentHash!)!);
  expect(await outcomes(true)).toEqual([['texts', 'done']]);
  expect(await outcomes(false)).toEqual([]);
});

it('mends vectors that are not those of the passages', async () => {
  const { store, active } = session().vectors;
  const [id] = (await active.documentVersions()).keys();
  await store.removeVectors(active.id, [id!]);
  expect(await outcomes(false)).toEqual([['vectors', 'possible']]);
  expect(await outcomes(true)).toEqual([['vectors', 'done']]);
  await finish();
  expect(await outcomes(false)).toEqual([]);
});

it('finds data that cannot be read, and makes it again', async () => {
  const before = await test.search('roof');
  const data = library('index', 'passages.lance', 'data');
  for (const name of readdirSync(data)) truncateSync(join(data, name), 10);
  expect((await outcomes(false))[0]).toEqual(['index', 'possible']);
  expect((await outcomes(true))[0]).toEqual(['index', 'done']);
  await finish();
  expect(await outcomes(false)).toEqual([]);
  const paths = ({ groups }: typeof before) => groups.map(({ document }) => document.path);
  expect(paths(await test.search('roof'))).toEqual(paths(before));
});

it('names encoders that are not there, and libraries that do not open', async () => {
  await inManifest(`INSERT INTO vector_sets VALUES ('old', 'lost', 'Lost', NULL, 64, 'previous', 1)`);
  expect((await examine(true)).findings).toMatchObject([
    { check: 'models', repair: 'person', message: expect.stringMatching(/lost.*vectors of Lost/) },
  ]);
  await test.engine.close();
  writeFileSync(library('library.sqlite'), 'no database '.repeat(1000));
  writeFileSync(join(test.home, 'home.sqlite'), 'no database '.repeat(1000));
  await test.open();
  expect((await examine(true)).findings).toMatchObject([
    { library: null, check: 'settings', repair: 'person' },
    { library: 'default', check: 'manifest', repair: 'person' },
  ]);
});

it('says which device computes in place of one that cannot be had, and search by meaning goes on', async () => {
  const missing = process.platform === 'darwin' ? 'cuda' : 'metal';
  test.engine.settings.update({ device: missing });
  expect(test.engine.snapshot().deviceProblem).toBeNull();
  await test.reopen();
  expect(test.engine.snapshot()).toMatchObject({
    deviceProblem: expect.stringContaining(`“${missing}”`),
    libraries: [{ wordsOnlyReason: null }],
  });
  expect((await examine()).findings).toMatchObject([{ library: null, check: 'device', repair: 'person' }]);
  expect((await test.search('quiet lake')).notices).toEqual([]);
  // Nothing is wrong with what was chosen instead.
  test.engine.settings.update({ device: 'cpu' });
  expect((await examine()).findings).toEqual([]);
});
