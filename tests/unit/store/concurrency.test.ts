import { connect } from '@lancedb/lancedb';
import { expect, test } from 'vitest';
import { ChunkStore } from '../../../src-main/store/chunk-store.ts';
import { temporaryDirectory } from './fixtures.ts';
import { askedTerms, letterVector, makeDocument } from './rows.ts';

const open = async () => {
  const store = await ChunkStore.open(await temporaryDirectory());
  return { store, set: await store.openSet('letters', 16) };
};
const vector = letterVector('anything');

test('writes asked for at once happen one after another, and none is lost', async () => {
  const { store, set } = await open();
  const writes: Promise<unknown>[] = [];
  for (let round = 0; round < 6; round++) {
    for (let n = 0; n < 5; n++) {
      writes.push(
        set.replaceDocuments([makeDocument(`d${n}`, 1 + round, { vector, contentHash: `r${round}` })]),
      );
    }
    writes.push(set.maintain({ force: true }));
    writes.push(set.removeDocuments(['d4']));
    writes.push(
      set.updateDocumentFacts(
        new Map([['d0', { path: `/round/${round}`, kind: 'text' as const, modifiedAt: round }]]),
      ),
    );
  }
  await Promise.all(writes);
  const versions = await set.documentVersions();
  expect(versions.size).toBe(4);
  for (const [id, version] of versions) expect(version, id).toEqual({ contentHash: 'r5', rows: 6 });
  for await (const rows of set.readRows({ documentIds: ['d0'], withVectors: true })) {
    expect(rows.map((row) => row.path)).toEqual(Array(6).fill('/round/5'));
    expect(rows[0]!.vector).toEqual(Float32Array.from(Float16Array.from(vector)));
  }
  await store.close();
});

test('a failed write does not stop the next', async () => {
  const { store, set } = await open();
  const failing = set.replaceDocuments([makeDocument('a', 1, { vector: new Float32Array(3) })]);
  const following = set.replaceDocuments([makeDocument('b', 1, { vector })]);
  await expect(failing).rejects.toMatchObject({ code: 'bad-request' });
  await following;
  expect([...(await set.documentVersions()).keys()]).toEqual(['b']);
  await store.close();
});

test('searches and reads go on, correctly, while rows are replaced and the table is maintained', async () => {
  const { store, set } = await open();
  await set.replaceDocuments([makeDocument('steady', 3, { vector, text: 'a lighthouse keeper' })]);
  let isWriting = true;
  const writing = (async () => {
    for (let round = 0; round < 12; round++) {
      await set.replaceDocuments([makeDocument('busy', 40, { vector, text: `filler ${round}` })]);
      await set.maintain({ force: true });
    }
    isWriting = false;
  })();
  let searches = 0;
  while (isWriting) {
    const words = await set.findByWords({ any: askedTerms('lighthouse'), limit: 100 });
    const vectors = await set.findByVector(vector, { limit: 100, where: "path LIKE '%steady%'" });
    const rows = await set.readFound(words);
    expect([words.length, vectors.length, rows.size]).toEqual([3, 3, 3]);
    expect([...rows.values()].every((row) => row.text === 'a lighthouse keeper')).toBe(true);
    searches += 1;
  }
  await writing;
  expect(searches).toBeGreaterThan(3);
  await store.close();
});

test('vectors made anew take the place of those before in one step', async () => {
  const { store, set } = await open();
  await set.replaceDocuments([makeDocument('a', 20, { vector }), makeDocument('b', 3, { vector })]);
  const table = await (await connect(store.directory)).openTable('letters');
  const before = await table.version();
  const windows = new Uint8Array([1, 2, 3]);
  const chunkIds = Array.from({ length: 20 }, (_, ordinal) => `a:${ordinal}`);
  const made = new Map(chunkIds.map((id) => [id, { vector, windows }]));
  await set.addVectors(new Map([['a', 'hash-of-a']]), made);
  await table.checkoutLatest();
  const after = await table.version();
  expect(after).toBeGreaterThan(before);
  for (let version = before; version <= after; version++) {
    await table.checkout(version);
    expect(await table.countRows(), `version ${version}`).toBe(23);
  }
  expect(await table.countRows('windows IS NOT NULL')).toBe(20);
  expect((await set.documentVersions()).get('a')).toEqual({ contentHash: 'hash-of-a', rows: 20 });
  expect(set.embeddedCount).toBe(23);
  await store.close();
});

test('a find stays readable after its rows moved, and only while they exist', async () => {
  const { store, set } = await open();
  for (let n = 0; n < 6; n++)
    await set.replaceDocuments([makeDocument(`d${n}`, 2, { vector, text: `word${n}` })]);
  const found = await set.findByWords({ any: [{ term: 'word1' }, { term: 'word4' }], limit: 10 });
  await set.removeDocuments(['d0', 'd1']);
  await set.maintain({ force: true });
  const rows = await set.readFound(found);
  expect([...rows.keys()].sort()).toEqual(['d4:0', 'd4:1']);
  await store.close();
});

test('closing waits for writes under way', async () => {
  const { store, set } = await open();
  const write = set.replaceDocuments([makeDocument('a', 50, { vector })]);
  await store.close();
  await write;
  const reopened = await ChunkStore.open(store.directory);
  const again = await reopened.openSet('letters', 16);
  expect([await again.countRows(), again.embeddedCount]).toEqual([50, 50]);
  await reopened.close();
});
