/** The order after a second look: what both scores give together, within where the first passages lay. */
import { expect, test } from 'vitest';
import type { RankedPassage } from '../../../../src-main/search/ranking/rank-documents.ts';
import { rerankPassages } from '../../../../src-main/search/ranking/rerank-passages.ts';

const passage = (chunkId: string, fused: number): RankedPassage => ({
  found: { chunkId, documentId: chunkId, score: 0 },
  score: { fused, lexical: null, lexicalRank: null, dense: null, denseRank: null },
});
const ranked = [
  passage('a', 0.9),
  passage('b', 0.8),
  passage('c', 0.5),
  passage('d', 0.4),
  passage('e', 0.1),
];
const namesOf = (passages: readonly RankedPassage[]) => passages.map(({ found }) => found.chunkId).join('');

test.each([
  ['as it was where the reranker agrees', [4, 3, 2, 1], 'abcde'],
  ['by the reranker where the fused scores are near', [1, 9, 1, 1], 'bacde'],
  ['by both together, where the first of each is another', [9, 0, 0, 10], 'adbce'],
  ['as it was where the reranker finds all alike', [5, 5, 5, 5], 'abcde'],
])('%s', (_, scores, expected) => {
  expect(namesOf(rerankPassages(ranked, scores))).toBe(expected);
});

test('by the reranker alone where all fused scores are alike', () => {
  const alike = ['a', 'b', 'c'].map((name) => passage(name, 0.7));
  expect(namesOf(rerankPassages(alike, [-3, 2, 1]))).toBe('bca');
});

test('what the reranker did not read stays behind, with its score', () => {
  const seen = rerankPassages(ranked, [-8, 3, 5, 2]);
  expect(namesOf(seen).at(-1)).toBe('e');
  expect(seen.at(-1)).toBe(ranked[4]);
  const fused = seen.map(({ score }) => score.fused);
  expect(fused).toEqual([...fused].sort((x, y) => y - x));
  expect(Math.min(...fused.slice(0, 4))).toBeGreaterThanOrEqual(0.4);
  expect(Math.max(...fused)).toBeLessThanOrEqual(0.9);
});

test('scales both scores, so that one of another size counts no more', () => {
  const scores = [1, 9, 4, 2];
  const larger = scores.map((score) => score * 1000 - 50_000);
  expect(namesOf(rerankPassages(ranked, larger))).toBe(namesOf(rerankPassages(ranked, scores)));
});

test('each passage says what the reranker gave it, and nothing came of nothing', () => {
  const seen = rerankPassages(ranked, [1, 9, 4, 2]);
  expect(Object.fromEntries(seen.map(({ found, score }) => [found.chunkId, score.reranked]))).toEqual({
    a: 1,
    b: 9,
    c: 4,
    d: 2,
    e: undefined,
  });
  expect(rerankPassages(ranked, [])).toEqual(ranked);
  expect(rerankPassages([], [])).toEqual([]);
});
