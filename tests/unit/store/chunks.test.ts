import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ChunkRow } from '../../../src-main/store/chunk-row.ts';
import { ChunkStore } from '../../../src-main/store/chunk-store.ts';
import { temporaryDirectory } from './fixtures.ts';
import { letterVector, makeDocument, makeRow } from './rows.ts';

const collect = async (batches: AsyncIterable<ChunkRow[]>): Promise<ChunkRow[]> => {
  const rows: ChunkRow[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
};

test('rows come back as they were written, after reopening too', async () => {
  const directory = await temporaryDirectory();
  const store = await ChunkStore.open(directory);
  const set = await store.openSet('a1b2-x.y', 16);
  const row = makeRow("it's", 0, {
    text: 'The “naïve” façade; it’s 50 % — 日本語 🙂\nsecond line',
    headingPath: ["O'Reilly", 'Chapter "1"', '§ 2'],
    extraWords: 'Ada Lovelace',
    page: 7,
    path: "/home/o'brien/100%_sure/файл.pdf",
    kind: 'pdf',
    modifiedAt: 1_700_000_000_123.5,
    vector: letterVector('naïve façade'),
  });
  const other = makeRow("it's", 1, { vector: letterVector('other') });
  await set.replaceDocuments([{ documentId: "it's", rows: [row, other] }]);
  expect(await collect(set.readRows({ withVectors: true }))).toEqual([row, other]);
  await store.close();
  const reopened = await ChunkStore.open(directory);
  const again = await reopened.openSet('a1b2-x.y', 16);
  expect(await collect(again.readRows())).toEqual([
    { ...row, vector: null },
    { ...other, vector: null },
  ]);
  await reopened.close();
});

test('replacing, removing and moving documents leave exactly what was asked for', async () => {
  const store = await ChunkStore.open(await temporaryDirectory());
  const set = await store.openSet('words', 0);
  await set.replaceDocuments([makeDocument('a', 3), makeDocument('b', 2), makeDocument('c', 1)]);
  await set.replaceDocuments([makeDocument('a', 2, { contentHash: 'new' }), { documentId: 'c', rows: [] }]);
  expect(await set.documentVersions()).toEqual(
    new Map([
      ['b', { contentHash: 'hash-of-b', rows: 2 }],
      ['a', { contentHash: 'new', rows: 2 }],
    ]),
  );
  await set.updateDocumentPaths([
    { documentId: 'a', path: "/else/where's.txt" },
    { documentId: 'absent', path: '/nowhere' },
  ]);
  const paths = (await collect(set.readRows({ documentIds: ['b', 'a'] }))).map((row) => row.path);
  expect(paths).toEqual(['/documents/b.txt', '/documents/b.txt', "/else/where's.txt", "/else/where's.txt"]);
  await set.removeDocuments(['a', 'absent']);
  expect(await set.countRows()).toBe(2);
  await store.close();
});

test('a row is found by its words at once, and equally well after maintenance', async () => {
  const store = await ChunkStore.open(await temporaryDirectory());
  const set = await store.openSet('words', 0);
  await set.replaceDocuments([
    makeDocument('fox', 1, { text: 'The quick brown foxes jumped over lazy dogs.' }),
    makeDocument('café', 1, { text: 'A café in the old town.', headingPath: ['Breakfast places'] }),
  ]);
  const find = async (text: string) =>
    (await set.findByWords({ text, limit: 10 })).map((hit) => hit.documentId);
  for (const state of ['unindexed', 'maintained', 'with a tail']) {
    expect(await find('jumping fox'), state).toEqual(['fox']);
    expect(await find('cafe'), state).toEqual(['café']);
    expect(await find('breakfast'), state).toEqual(['café']);
    expect(await find('the of and'), state).toEqual([]);
    expect(await find('zebra'), state).toEqual(state === 'with a tail' ? ['late'] : []);
    expect((await set.maintain({ force: true })).ran).toBe(true);
    if (state === 'maintained') await set.replaceDocuments([makeDocument('late', 1, { text: 'A zebra.' })]);
  }
  await store.close();
});

test('scores do not remember rows that were replaced or removed', async () => {
  const store = await ChunkStore.open(await temporaryDirectory());
  const texts = Array.from({ length: 60 }, (_, n) => `word${n % 7} common${n % 3} filler text number ${n}`);
  const documents = texts.map((text, n) => makeDocument(`d${n}`, 1, { text }));
  const find = async (id: string) => {
    const set = await store.openSet(id, 0);
    await set.maintain({ force: true });
    const hits = await set.findByWords({ text: 'word3 common1 filler', limit: 100 });
    return new Map(hits.map((hit) => [hit.documentId, hit.score.toFixed(5)]));
  };
  const once = await store.openSet('once', 0);
  await once.replaceDocuments(documents);
  const often = await store.openSet('often', 0);
  await often.replaceDocuments([...documents, makeDocument('gone', 9, { text: 'word3 common1 filler' })]);
  await often.maintain({ force: true });
  for (let round = 0; round < 3; round++) await often.replaceDocuments(documents.slice(0, 20));
  await often.removeDocuments(['gone']);
  expect(await find('often')).toEqual(await find('once'));
  await store.close();
});

test('versions do not pile up', async () => {
  const store = await ChunkStore.open(await temporaryDirectory());
  const set = await store.openSet('words', 0);
  for (let n = 0; n < 12; n++) await set.replaceDocuments([makeDocument('same', 2)]);
  const versions = async () =>
    (await import('node:fs/promises')).readdir(join(store.directory, 'words.lance', '_versions'));
  const before = (await versions()).length;
  await set.maintain({ force: true });
  // Only versions older than a minute go; pretend that these are.
  const realNow = Date.now;
  Date.now = () => realNow() + 3_600_000;
  try {
    expect((await set.maintain({ force: true })).oldVersionsRemoved).toBeGreaterThan(20);
  } finally {
    Date.now = realNow;
  }
  expect((await versions()).length).toBeLessThan(before / 4);
  expect(await set.countRows()).toBe(2);
  await store.close();
});

test('sets are listed, dropped, and kept apart', async () => {
  const store = await ChunkStore.open(await temporaryDirectory());
  const words = await store.openSet('words', 0);
  const vectors = await store.openSet('enc', 16);
  await words.replaceDocuments([makeDocument('a', 1)]);
  expect(await vectors.countRows()).toBe(0);
  expect(await store.openSet('enc', 16)).toBe(vectors);
  expect((await store.listSets()).sort()).toEqual(['enc', 'words']);
  await store.dropSet('enc');
  await store.dropSet('never-there');
  expect(await store.listSets()).toEqual(['words']);
  await expect(vectors.countRows()).rejects.toMatchObject({ code: 'conflict' });
  expect(await (await store.openSet('enc', 8)).countRows()).toBe(0);
  await expect(store.openSet('../up', 0)).rejects.toMatchObject({ code: 'bad-request' });
  await store.close();
  await store.close();
});

test('a vector of the wrong length is refused, and nothing of its batch is written', async () => {
  const store = await ChunkStore.open(await temporaryDirectory());
  const set = await store.openSet('enc', 16);
  await set.replaceDocuments([makeDocument('a', 1, { vector: letterVector('kept') })]);
  const wrong = makeDocument('a', 2, { vector: new Float32Array(3) });
  await expect(set.replaceDocuments([wrong])).rejects.toMatchObject({ code: 'bad-request' });
  await expect(set.findByVector(new Float32Array(3), { limit: 1 })).rejects.toMatchObject({
    code: 'adapter-mismatch',
  });
  expect(await set.countRows()).toBe(1);
  await store.close();
});

test('a damaged table says so, and can be dropped and made anew', async () => {
  const directory = await temporaryDirectory();
  const store = await ChunkStore.open(directory);
  await (await store.openSet('words', 0)).replaceDocuments([makeDocument('a', 1)]);
  await store.close();
  const versions = join(directory, 'words.lance', '_versions');
  const { readdir } = await import('node:fs/promises');
  for (const name of await readdir(versions)) await writeFile(join(versions, name), 'not a manifest');
  const damaged = await ChunkStore.open(directory);
  await expect(damaged.openSet('words', 0)).rejects.toMatchObject({
    code: 'library-corrupt',
    message: expect.stringContaining('Rebuild the index'),
  });
  await expect(damaged.openSet('words', 0)).rejects.toMatchObject({ code: 'library-corrupt' });
  await damaged.dropSet('words');
  expect(await (await damaged.openSet('words', 0)).countRows()).toBe(0);
  await damaged.close();
});

test('lost data files are reported as damage, not as an empty library', async () => {
  const directory = await temporaryDirectory();
  const store = await ChunkStore.open(directory);
  await (await store.openSet('words', 0)).replaceDocuments([makeDocument('a', 1)]);
  await store.close();
  await rm(join(directory, 'words.lance', 'data'), { recursive: true });
  const damaged = await ChunkStore.open(directory);
  const reading = damaged.openSet('words', 0).then((set) => set.documentVersions());
  await expect(reading).rejects.toMatchObject({ code: 'library-corrupt' });
  await damaged.close();
});

test('what a kill in mid-creation or mid-drop leaves is cleared away', async () => {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'half.lance', 'data'), { recursive: true });
  await mkdir(join(directory, '.dropped-old', 'data'), { recursive: true });
  const store = await ChunkStore.open(directory);
  expect(await store.listSets()).toEqual([]);
  expect(await (await store.openSet('half', 0)).countRows()).toBe(0);
  expect(await store.listSets()).toEqual(['half']);
  await store.close();
});
