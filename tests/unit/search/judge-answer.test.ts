/** What is offered as an answer, and what merely as the nearest that there is. */
import { expect, test } from 'vitest';
import type { SearchGroup } from '../../../src-main/contract/search.ts';
import { judgeAnswer, withJudgement } from '../../../src-main/search/answers/judge-answer.ts';
import type { FoundChunk } from '../../../src-main/store/find-chunks.ts';

const found = (documentId: string, score: number): FoundChunk => ({
  chunkId: `${documentId}:0`,
  documentId,
  score,
  words: null,
});
/** Scores that fall evenly from `first` to `last`, each of another document. */
const list = (first: number, last: number, count = 150): FoundChunk[] =>
  Array.from({ length: count }, (_, index) =>
    found(`d${index}`, first + ((last - first) * index) / (count - 1)),
  );
const crowd = list(0.5, 0.3);

test('a passage that holds nearly all words of the question answers it', () => {
  const lexical = [found('lease', 18), found('letter', 3)];
  const { confidence, certain } = judgeAnswer({ lexical, ceiling: 20, dense: crowd, named: [] });
  expect(confidence).toBeGreaterThan(0.6);
  expect([...certain]).toEqual(['lease']);
});

test('a few common words and no meaning that stands out are no answer', () => {
  const lexical = [found('lease', 4), found('letter', 3)];
  const { confidence, certain } = judgeAnswer({ lexical, ceiling: 20, dense: crowd, named: [] });
  expect(confidence).toBeLessThan(0.3);
  expect(certain.size).toBe(0);
});

test('meaning that stands out from the crowd makes up for missing words', () => {
  const lexical = [found('lease', 4)];
  const dense = [found('lease', 0.95), ...crowd];
  const without = judgeAnswer({ lexical, ceiling: 20, dense: crowd, named: [] });
  const standing = judgeAnswer({ lexical, ceiling: 20, dense, named: [] });
  expect(standing.confidence).toBeGreaterThan(without.confidence + 0.2);
});

test('a document that is named in full is certain without a word in common', () => {
  const named = [{ documentId: 'scan', coverage: 1, precision: 1, isExact: true }];
  for (const dense of [crowd, null]) {
    const { confidence, certain } = judgeAnswer({ lexical: [], ceiling: 0, dense, named });
    expect(confidence).toBeGreaterThan(0.5);
    expect([...certain]).toEqual(['scan']);
  }
});

test('without vectors words alone decide, and nothing found is nothing certain', () => {
  const lexical = [found('lease', 19)];
  expect(judgeAnswer({ lexical, ceiling: 20, dense: null, named: [] }).confidence).toBeGreaterThan(0.8);
  expect(judgeAnswer({ lexical: [], ceiling: 0, dense: null, named: [] }).confidence).toBeLessThan(0.1);
  expect(judgeAnswer({ lexical: [], ceiling: 0, dense: [], named: [] }).confidence).toBeLessThan(0.1);
});

const group = (id: string) => ({ document: { id }, score: 1, hits: [] }) as unknown as SearchGroup;

test('certain documents stand together at the top, and the first speaks for all signs together', () => {
  const groups = ['a', 'b', 'c', 'd'].map(group);
  const marks = (confidence: number, certain: string[]) =>
    withJudgement(groups, { confidence, certain: new Set(certain) }).groups.map((each) => each.certain);
  expect(marks(0.9, ['a', 'b', 'd'])).toEqual([true, true, false, false]);
  expect(marks(0.9, [])).toEqual([true, false, false, false]);
  expect(marks(0.9, ['a', 'b', 'c', 'd'])).toEqual([true, true, true, true]);
  expect(marks(0.2, ['a'])).toEqual([false, false, false, false]);
  expect(withJudgement([], { confidence: 0.9, certain: new Set() })).toEqual({
    groups: [],
    confidence: 0.9,
    confident: false,
  });
});
