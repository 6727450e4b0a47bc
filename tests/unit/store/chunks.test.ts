import { mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { connect } from '@lancedb/lancedb';
import { expect, test } from 'vitest';
import type { ChunkRow } from '../../../src-main/store/chunk-row.ts';
import { ChunkStore } from '../../../src-main/store/chunk-store.ts';
import { temporaryDirectory } from './fixtures.ts';
import { askedTerms, letterVector, makeDocument, makeRow } from './rows.ts';

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
  // Vectors are kept in half precision.
  const halved = (value: ChunkRow) => ({
    ...value,
    vector: Float32Array.from(Float16Array.from(value.vector!)),
    windows: value.windows ?? null,
  });
  expect(await collect(set.readRows({ withVectors: true }))).toEqual([halved(row), halved(other)]);
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
  const moved = { kind: 'text', modifiedAt: 5 } as const;
  await set.updateDocumentFacts(
    new Map([
      ['a', { ...moved, path: "/else/where's.txt" }],
      ['absent', { ...moved, path: '/nowhere' }],
    ]),
  );
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
    (await set.findByWords({ any: askedTerms(text), limit: 10 })).map((hit) => hit.documentId);
  for (const state of ['unindexed', 'maintained', 'with a tail']) {
    expect(await find('jumping fox'), state).toEqual(['fox']);
    expect(await find('cafe'), state).toEqual(['café']);
    expect(await find('breakfast'), state).toEqual(['café']);
    expect(await find('zebra'), state).toEqual(state === 'with a tail' ? ['late'] : []);
    expect((await set.maintain({ force: true })).ran).toBe(true);
    if (state === 'maintained') await set.replaceDocuments([makeDocument('late', 1, { text: 'A zebra.' })]);
  }
  await store.close();
});

test('scores do not remember rows that were replaced or removed', async () => {
  const texts = Array.from({ length: 60 }, (_, n) => `word${n % 7} common${n % 3} filler text number ${n}`);
  const documents = texts.map((text, n) => makeDocument(`d${n}`, 1, { text }));
  const open = async () => {
    const store = await ChunkStore.open(await temporaryDirectory());
    return { store, set: await store.openSet('words', 0) };
  };
  const find = async ({ store, set }: Awaited<ReturnType<typeof open>>) => {
    await set.maintain({ force: true });
    const hits = await set.findByWords({ any: askedTerms('word3 common1 filler'), limit: 100 });
    await store.close();
    return new Map(hits.map((hit) => [hit.documentId, hit.score.toFixed(5)]));
  };
  const once = await open();
  await once.set.replaceDocuments(documents);
  const often = await open();
  await often.set.replaceDocuments([...documents, makeDocument('gone', 9, { text: 'word3 common1 filler' })]);
  await often.set.maintain({ force: true });
  for (let round = 0; round < 3; round++) await often.set.replaceDocuments(documents.slice(0, 20));
  await often.set.removeDocuments(['gone']);
  expect(await find(often)).toEqual(await find(once));
});

test('versions do not pile up', async () => {
  const store = await ChunkStore.open(await temporaryDirectory());
  const set = await store.openSet('words', 0);
  for (let n = 0; n < 12; n++) await set.replaceDocuments([makeDocument('same', 2)]);
  const versions = () => readdir(join(store.directory, 'passages.lance', '_versions'));
  expect((await versions()).length).toBeGreaterThan(10);
  const report = await set.maintain({ force: true });
  expect(report.oldVersionsRemoved).toBeGreaterThan(10);
  expect((await versions()).length).toBeLessThan(3);
  expect(await set.countRows()).toBe(2);
  await store.close();
});

test('searches that are under way while old versions go find what they found before', async () => {
  const store = await ChunkStore.open(await temporaryDirectory());
  const set = await store.openSet('words', 0);
  for (let n = 0; n < 12; n++) await set.replaceDocuments([makeDocument(`d${n}`, 2, { text: 'word3' })]);
  const search = () => set.findByWords({ any: askedTerms('word3'), limit: 100 });
  let isOver = false;
  const maintaining = set.maintain({ force: true, rebuildWords: true }).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const found = await Promise.all(Array.from({ length: 8 }, search));
    for (const hits of found) expect(hits).toHaveLength(24);
  }
  await maintaining;
  expect(await search()).toHaveLength(24);
  await store.close();
});

test('sets share the passages, have vectors of their own, and are listed and dropped', async () => {
  const store = await ChunkStore.open(await temporaryDirectory());
  const words = await store.openSet('words', 0);
  const first = await store.openSet('first', 16);
  const second = await store.openSet('second', 4);
  await words.replaceDocuments([makeDocument('a', 2), makeDocument('b', 1)]);
  expect([first, second].map((set) => set.documentsToEmbed())).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
  const vector = letterVector('any');
  const hashOf = (id: string) => new Map([[id, `hash-of-${id}`]]);
  await first.addVectors(hashOf('a'), new Map(['a:0', 'a:1'].map((id) => [id, { vector, windows: null }])));
  expect([words, first, second].map((set) => [set.embeddedCount, set.isPartlyEmbedded])).toEqual([
    [0, true],
    [2, true],
    [0, true],
  ]);
  expect(first.documentsToEmbed()).toEqual(['b']);
  expect(await store.openSet('first', 16)).toBe(first);
  expect((await store.listSets()).sort()).toEqual(['first', 'second']);
  await store.dropSet('first');
  await store.dropSet('never-there');
  expect(await store.listSets()).toEqual(['second']);
  expect((await store.openSet('first', 8)).embeddedCount).toBe(0);
  expect(await words.countRows()).toBe(3);
  await expect(store.openSet('../up', 0)).rejects.toMatchObject({ code: 'bad-request' });
  await expect(store.openSet('passages', 0)).rejects.toMatchObject({ code: 'bad-request' });
  await store.close();
  await store.close();
});

test('vectors never stand beside a text that is not theirs', async () => {
  const store = await ChunkStore.open(await temporaryDirectory());
  const set = await store.openSet('enc', 16);
  const vector = letterVector('any');
  await set.replaceDocuments([makeDocument('a', 2, { vector }), makeDocument('b', 1, { vector })]);
  expect(set.documentsToEmbed()).toEqual([]);
  await store.replacePassages([makeDocument('a', 2, { contentHash: 'new' })]);
  expect(set.documentsToEmbed()).toEqual(['a']);
  expect(await set.vectorsOf([{ chunkId: 'a:0', documentId: 'a', score: 0, words: null }])).toEqual([]);
  // Embedded from what the document said before.
  await set.addVectors(new Map([['a', 'hash-of-a']]), new Map([['a:0', { vector, windows: null }]]));
  expect(set.embeddedCount).toBe(1);
  await set.removeDocuments(['b']);
  expect(set.embeddedCount).toBe(0);
  await store.close();
});

test.each([0, 8000])(
  'what is known of a document changes in every table at once (%i other rows)',
  async (others) => {
    const store = await ChunkStore.open(await temporaryDirectory());
    const sets = [await store.openSet('first', 16), await store.openSet('second', 16)];
    const vector = letterVector('any');
    const rows = [makeDocument('a', 2, { vector }), makeDocument('b', 1, { vector })];
    if (others > 0) rows.push(makeDocument('crowd', others, { vector: letterVector('else') }));
    for (const set of sets) {
      await set.replaceDocuments(rows);
    }
    for (const set of sets) {
      await set.addVectors(
        new Map(rows.map(({ documentId }) => [documentId, `hash-of-${documentId}`])),
        new Map(
          rows.flatMap((document) =>
            document.rows.map((row) => [row.chunkId, { vector: row.vector!, windows: null }]),
          ),
        ),
      );
      await set.maintain({ force: true });
    }
    const facts = { path: '/new/place.pdf', kind: 'pdf', modifiedAt: Date.UTC(2030, 0, 1) } as const;
    await store.updateDocumentFacts(new Map([['a', facts]]));
    const where = `modifiedAt > ${Date.UTC(2029, 0, 1)} AND path LIKE '/new/%' AND kind = 'pdf'`.replaceAll(
      'modifiedAt',
      '`modifiedAt`',
    );
    for (const set of sets) {
      expect(
        (await set.findByWords({ any: askedTerms('passage'), where, limit: 9 }))
          .map((hit) => hit.chunkId)
          .sort(),
      ).toEqual(['a:0', 'a:1']);
      expect((await set.findByVector(vector, { where, limit: 9 })).map((hit) => hit.chunkId).sort()).toEqual([
        'a:0',
        'a:1',
      ]);
      expect(await set.countRows()).toBe(3 + others);
      expect(set.embeddedCount).toBe(3 + others);
      expect((await set.readFound([{ chunkId: 'a:1', documentId: 'a', score: 0, words: null }])).size).toBe(
        1,
      );
    }
    await store.close();
  },
);

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

const filesBelow = async (directory: string): Promise<string[]> =>
  (await readdir(directory, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const damage = {
  'garbled versions': async (table: string) => {
    for (const file of await filesBelow(join(table, '_versions'))) await writeFile(file, 'not a manifest');
  },
  'empty versions': async (table: string) => {
    for (const file of await filesBelow(join(table, '_versions'))) await truncate(file, 0);
  },
  'no data': async (table: string) => rm(join(table, 'data'), { recursive: true }),
  'data cut short': async (table: string) => {
    for (const file of await filesBelow(join(table, 'data'))) await truncate(file, 700);
  },
  'empty data': async (table: string) => {
    for (const file of await filesBelow(join(table, 'data'))) await truncate(file, 0);
  },
  'another layout': async (table: string) => {
    await rm(table, { recursive: true });
    const connection = await connect(join(table, '..'));
    await connection.createTable(basename(table, '.lance'), [{ chunkId: 'a', another: 1 }]);
    connection.close();
  },
};

test.each(Object.entries(damage))(
  'a table with %s is made empty, and the other keeps what it has',
  async (_, harm) => {
    for (const name of ['passages', 'enc']) {
      const directory = await temporaryDirectory();
      const store = await ChunkStore.open(directory);
      const batch = [makeDocument('a', 3, { vector: letterVector('kept') })];
      await (await store.openSet('enc', 16)).replaceDocuments(batch);
      await store.close();
      await harm(join(directory, `${name}.lance`));
      const opened = await ChunkStore.open(directory);
      const set = await opened.openSet('enc', 16);
      expect(opened.takeRepairs(), name).toEqual([expect.stringContaining('made again')]);
      expect([await set.countRows(), set.embeddedCount]).toEqual(name === 'passages' ? [0, 3] : [3, 0]);
      await set.replaceDocuments(batch);
      expect([await set.countRows(), set.embeddedCount]).toEqual([3, 3]);
      expect(await set.findByWords({ any: askedTerms('passage'), limit: 9 })).toHaveLength(3);
      expect(opened.takeRepairs()).toEqual([]);
      await opened.close();
    }
  },
);

test('an index of words that cannot be read is built anew', async () => {
  const directory = await temporaryDirectory();
  const store = await ChunkStore.open(directory);
  const set = await store.openSet('words', 0);
  await set.replaceDocuments([makeDocument('a', 3)]);
  await set.maintain({ force: true, rebuildWords: true });
  await store.close();
  for (const file of await filesBelow(join(directory, 'passages.lance', '_indices')))
    await truncate(file, 10);
  const opened = await ChunkStore.open(directory);
  const hits = await (await opened.openSet('words', 0)).findByWords({ any: askedTerms('passage'), limit: 9 });
  expect(hits).toHaveLength(3);
  await opened.close();
});

test('damage that comes while the library is open is found by a check', async () => {
  const directory = await temporaryDirectory();
  const store = await ChunkStore.open(directory);
  const set = await store.openSet('enc', 16);
  const batch = [makeDocument('a', 3, { vector: letterVector('kept') })];
  await set.replaceDocuments(batch);
  await store.check();
  expect(store.takeRepairs()).toEqual([]);
  await rm(join(directory, 'enc.lance', 'data'), { recursive: true });
  await rm(join(directory, 'passages.lance', 'data'), { recursive: true });
  await store.check();
  expect(store.takeRepairs()).toHaveLength(2);
  expect([await set.countRows(), set.embeddedCount]).toEqual([0, 0]);
  await set.replaceDocuments(batch);
  expect(await set.findByVector(letterVector('kept'), { limit: 9 })).toHaveLength(3);
  await store.close();
});

test('what a kill in mid-creation or mid-drop leaves is cleared away', async () => {
  const directory = await temporaryDirectory();
  await mkdir(join(directory, 'half.lance', 'data'), { recursive: true });
  await mkdir(join(directory, 'passages.lance', 'data'), { recursive: true });
  await mkdir(join(directory, '.dropped-old', 'data'), { recursive: true });
  const store = await ChunkStore.open(directory);
  expect(await store.listSets()).toEqual([]);
  expect(await (await store.openSet('half', 16)).countRows()).toBe(0);
  expect(await store.listSets()).toEqual(['half']);
  await store.close();
});

test('a table of vectors of an earlier version gets a column for those of parts, and answers as before', async () => {
  const directory = await temporaryDirectory();
  const store = await ChunkStore.open(directory);
  const set = await store.openSet('a', 16);
  await set.replaceDocuments([makeDocument('old', 1, { vector: letterVector('old') })]);
  await store.close();
  const connection = await connect(directory);
  const table = await connection.openTable('a');
  await table.dropColumns(['windows']);
  table.close();
  connection.close();

  const again = await ChunkStore.open(directory);
  const opened = await again.openSet('a', 16);
  const found = async () => await opened.findByVector(letterVector('old'), { limit: 9, withWindows: true });
  expect(again.takeRepairs()).toEqual([]);
  expect((await found()).map(({ chunkId, windows }) => [chunkId, windows])).toEqual([['old:0', null]]);
  expect(await opened.documentsWithoutWindows()).toEqual(['old']);
  const windows = Uint8Array.of(1, 2, 3);
  const vectors = new Map([['old:0', { vector: letterVector('old'), windows }]]);
  await opened.addVectors(new Map([['old', 'hash-of-old']]), vectors);
  expect((await found()).map((chunk) => Array.from(chunk.windows ?? []))).toEqual([[1, 2, 3]]);
  expect(await opened.documentsWithoutWindows()).toEqual([]);
  await again.close();
});
