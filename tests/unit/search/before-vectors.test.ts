import { expect, test } from 'vitest';
import { ChunkStore } from '../../../src-main/store/chunk-store.ts';
import { temporaryDirectory } from '../store/fixtures.ts';
import { makeRow } from '../store/rows.ts';
import { ask, letterEncoder } from './fixtures.ts';

/** Passages that were written, and of which none has a vector. */
async function readSet() {
  const store = await ChunkStore.open(await temporaryDirectory());
  const set = await store.openSet('letters', 16);
  const texts = { fox: 'the fox and the fox cub', zoo: 'a fox in a zoo far away from here', sea: 'the sea' };
  await store.replacePassages(
    Object.entries(texts).map(([documentId, text]) => ({
      documentId,
      rows: [makeRow(documentId, 0, { text })],
    })),
  );
  return set;
}

test('while no passage has a vector the question is given none, and is answered as one of both sides all the same', async () => {
  let asked = 0;
  const encoder = letterEncoder({
    encode: async () => {
      asked += 1;
      throw new Error('not now');
    },
  });
  const set = await readSet();
  const { mode, groups, notices } = await ask(set, 'fox', { encoder, mode: 'hybrid' });
  expect(groups.map(({ document }) => document.id)).toEqual(['fox', 'zoo']);
  expect([mode, notices, asked]).toEqual(['hybrid', [], 0]);
});

test('an encoder that does not fit the vectors is named before there are any', async () => {
  const { mode, notices } = await ask(await readSet(), 'fox', { encoder: letterEncoder({ dimension: 32 }) });
  expect(mode).toBe('lexical');
  expect(notices.join()).toMatch(/32 numbers/);
});

test('a search by meaning alone asks for the vector, and finds nothing', async () => {
  const { mode, groups } = await ask(await readSet(), 'fox', { mode: 'dense' });
  expect([mode, groups]).toEqual(['dense', []]);
});
