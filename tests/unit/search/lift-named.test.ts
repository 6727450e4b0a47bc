import { expect, test } from 'vitest';
import { liftNamed, type NamedDocument, nameWorth } from '../../../src-main/search/ranking/lift-named.ts';
import type { RankedPassage } from '../../../src-main/search/ranking/rank-documents.ts';

const chunk = (documentId: string, ordinal = 0) => ({
  chunkId: `${documentId}:${ordinal}`,
  documentId,
  score: 1,
});
const passage = (documentId: string, fused: number, ordinal = 0): RankedPassage => ({
  found: chunk(documentId, ordinal),
  score: { fused, lexical: null, lexicalRank: null, dense: null, denseRank: null },
});
const name = (documentId: string, changes: Partial<NamedDocument> = {}): NamedDocument => ({
  documentId,
  coverage: 1,
  precision: 1,
  isExact: false,
  ...changes,
});
const order = (passages: readonly RankedPassage[]) => passages.map(({ found }) => found.chunkId);

test('a question that is a file’s name finds that file first, whatever passages say', () => {
  const ranked = liftNamed(
    [passage('talk', 1), passage('file', 0.1, 4)],
    [name('file', { isExact: true })],
    new Map(),
  );
  expect(order(ranked)).toEqual(['file:4', 'talk:0']);
});

test('a named document of which no passage was found comes in by its first one', () => {
  const ranked = liftNamed([passage('talk', 0.2)], [name('scan')], new Map([['scan', chunk('scan')]]));
  expect(order(ranked)).toEqual(['scan:0', 'talk:0']);
});

test('a name that holds a part of the question does not outweigh the passage that answers it', () => {
  const ranked = liftNamed(
    [passage('answer', 1), passage('named', 0.5)],
    [name('named', { coverage: 0.7 })],
    new Map(),
  );
  expect(order(ranked)).toEqual(['answer:0', 'named:0']);
});

test.each([
  ['more of the question', name('a', { coverage: 0.9 }), name('b', { coverage: 0.6 })],
  ['less besides', name('a', { precision: 1 }), name('b', { precision: 0.2 })],
  ['the name itself', name('a', { isExact: true }), name('b')],
])('a name is worth more with %s', (_, better, worse) => {
  expect(nameWorth(better)).toBeGreaterThan(nameWorth(worse));
});

test('a name with less than half of the question is worth nothing', () => {
  expect(nameWorth(name('a', { coverage: 0.4 }))).toBe(0);
});

test('a document without any text comes in by its name alone, and an exact name comes first', () => {
  const ranked = liftNamed(
    [passage('talk', 1)],
    [name('scan', { isExact: true }), name('photo', { coverage: 0.4 })],
    new Map(),
    new Set(['scan', 'photo']),
  );
  expect(ranked.map(({ found }) => [found.documentId, found.chunkId])).toEqual([
    ['scan', ''],
    ['talk', 'talk:0'],
  ]);
});
