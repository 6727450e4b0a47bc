import { describe, expect, test } from 'vitest';
import { expandQuery } from '../../../src-main/search/ranking/expand-query.ts';
import { supportByNeighbours } from '../../../src-main/search/ranking/neighbour-support.ts';
import { rankDocuments, rankPassages } from '../../../src-main/search/ranking/rank-documents.ts';
import { wordWeight } from '../../../src-main/search/ranking/word-weight.ts';

const list = (...entries: [string, number][]) =>
  entries.map(([chunkId, score]) => ({
    chunkId,
    documentId: chunkId.split(':')[0]!,
    score,
    words: null,
  }));

test('scores of both sides are scaled to their lists and added by weight', () => {
  const lexical = list(['a:0', 12], ['b:0', 6], ['c:0', 3]);
  const dense = list(['b:0', 0.9], ['d:0', 0.7], ['a:0', 0.5]);
  const fused = Object.fromEntries(
    rankPassages(lexical, dense, { depth: 10, wordWeight: 0.7 }).map(({ found, score }) => [
      found.chunkId,
      score.fused,
    ]),
  );
  // Their list was not cut off, so that its lowest possible score is 0.
  expect(fused['a:0']).toBeCloseTo(0.7 * 1 + 0.3 * 0);
  expect(fused['b:0']).toBeCloseTo(0.7 * 0.5 + 0.3 * 1);
  expect(fused['c:0']).toBeCloseTo(0.7 * 0.25);
  expect(fused['d:0']).toBeCloseTo(0.3 * 0.5);
  const cutOff = rankPassages(lexical, dense, { depth: 3, wordWeight: 0.7 }).find(
    ({ found }) => found.chunkId === 'c:0',
  )!;
  expect(cutOff.score).toEqual({ fused: 0, lexical: 3, lexicalRank: 3, dense: null, denseRank: null });
});

test('whoever asks for more passages sees the same beginning', () => {
  const lexical = list(['a:0', 12], ['b:0', 6], ['c:0', 3], ['d:0', 2], ['e:0', 1]);
  const dense = list(['b:0', 0.9], ['d:0', 0.7], ['a:0', 0.5], ['e:0', 0.2], ['f:0', 0.1]);
  const options = { depth: 3, wordWeight: 0.5 };
  const few = rankPassages(lexical.slice(0, 3), dense.slice(0, 3), options);
  const many = rankPassages(lexical, dense, options);
  const named = (passages: typeof few) => passages.map(({ found, score }) => [found.chunkId, score.fused]);
  expect(named(many).slice(0, few.length)).toEqual(named(few));
  expect(many.slice(few.length).map(({ found }) => found.chunkId)).toEqual(['e:0', 'f:0']);
});

describe('passages without a vector', () => {
  const words = list(['a:0', 10], ['b:0', 8], ['c:0', 6], ['d:0', 4]);
  const rank = (dense: ReturnType<typeof list>, waiting: string[]) =>
    rankPassages(words, dense, {
      depth: 10,
      wordWeight: 0.5,
      hasVector: ({ chunkId }) => !waiting.includes(chunkId),
    }).map(({ found, score }) => [found.chunkId, score.fused] as const);

  test('count by their words alone, before and after those whose vectors say less and more', () => {
    const scores = new Map(rank(list(['b:0', 0.9], ['x:0', 0.5], ['c:0', 0.1]), ['a:0', 'd:0']));
    expect(scores.get('a:0')).toBeCloseTo(1);
    expect(scores.get('d:0')).toBeCloseTo(0.4);
    expect(scores.get('b:0')).toBeCloseTo(0.5 * 0.8 + 0.5 * 1);
    expect(scores.get('x:0')).toBeCloseTo(0.5 * 0.5);
    expect(scores.get('c:0')).toBeCloseTo(0.5 * 0.6);
  });

  test('change nothing where every passage has one, and words alone decide where none has', () => {
    const dense = list(['b:0', 0.9], ['a:0', 0.2]);
    expect(rank(dense, [])).toEqual(
      rankPassages(words, dense, { depth: 10, wordWeight: 0.5 }).map(({ found, score }) => [
        found.chunkId,
        score.fused,
      ]),
    );
    expect(rank([], ['a:0', 'b:0', 'c:0', 'd:0']).map(([name]) => name)).toEqual([
      'a:0',
      'b:0',
      'c:0',
      'd:0',
    ]);
  });
});

test('a document is as good as its best passage; equals come in a fixed order', () => {
  const options = { depth: 10, wordWeight: 0.5 };
  const rank = (...lists: Parameters<typeof rankPassages>) => rankDocuments(rankPassages(...lists));
  const ranked = rank(list(['z:0', 5], ['a:1', 5], ['a:0', 4], ['b:0', 1]), [], options);
  expect(ranked.map(({ documentId, score }) => [documentId, score])).toEqual([
    ['a', 1],
    ['z', 1],
    ['b', 0.2],
  ]);
  expect(ranked[0]!.passages.map(({ found }) => found.chunkId)).toEqual(['a:1', 'a:0']);
  expect(rank([], [], options)).toEqual([]);
  expect(rank([], list(['a:0', 0.4]), options)).toMatchObject([{ documentId: 'a', score: 1 }]);
});

test('words decide where a passage holds most of the question, and hardly count where none does', () => {
  expect(wordWeight(9, 10)).toBeCloseTo(0.8);
  expect(wordWeight(6, 10)).toBeCloseTo(0.65);
  expect(wordWeight(4, 10)).toBeCloseTo(0.5);
  expect(wordWeight(2.5, 10)).toBeCloseTo(0.35);
  expect(wordWeight(0.5, 10)).toBeCloseTo(0.2);
  // Stop words alone have no ceiling.
  expect(wordWeight(0, 0)).toBeCloseTo(0.8);
});

test('an expanded question is a unit vector between question and feedback', () => {
  const question = Float32Array.of(1, 0, 0);
  expect(expandQuery(question, [])).toBe(question);
  const expanded = expandQuery(question, [Float32Array.of(0, 1, 0), Float32Array.of(0, 0, 1)]);
  const norm = Math.hypot(1, 0.5, 0.5);
  expect([...expanded].map((value) => value.toFixed(5))).toEqual(
    [1, 0.5, 0.5].map((value) => (value / norm).toFixed(5)),
  );
});

describe('support by neighbours', () => {
  const ranked = rankPassages(list(['a:0', 10], ['b:0', 6], ['c:0', 5.5], ['d:0', 5], ['e:0', 1]), [], {
    depth: 10,
    wordWeight: 1,
  });
  const names = (passages: typeof ranked) => passages.map(({ found }) => found.chunkId);
  // c resembles the first, b and d resemble nothing.
  const vectors = [
    Float32Array.of(1, 0, 0, 0),
    Float32Array.of(0, 1, 0, 0),
    Float32Array.of(0.9, 0, 0, Math.sqrt(0.19)),
    Float32Array.of(0, 0, 1, 0),
  ];

  test('a passage that resembles better ones rises, the first and those behind stay where they are', () => {
    const supported = supportByNeighbours(ranked, vectors, 0.4);
    expect(names(supported)).toEqual(['a:0', 'c:0', 'b:0', 'd:0', 'e:0']);
    const scores = supported.map(({ score }) => score.fused);
    expect(scores[0]).toBe(1);
    // c's only neighbour is a.
    expect(scores[1]).toBeCloseTo(0.6 * 0.55 + 0.4 * 1);
    expect(scores.slice(2)).toEqual([0.6, 0.5, 0.1].map((score) => expect.closeTo(score)));
  });

  test('without weight, or without vectors, nothing changes', () => {
    expect(supportByNeighbours(ranked, vectors, 0)).toEqual(ranked);
    expect(supportByNeighbours(ranked, [], 0.4)).toEqual(ranked);
  });
});
