/** The answers of several libraries in one order. */
import { expect, test } from 'vitest';
import type { SearchGroup, SearchResponse } from '../../../src-main/contract/search.ts';
import { mergeResponses } from '../../../src-main/engine/searching/merge-responses.ts';

const group = (id: string, score: number, certain: boolean) =>
  ({
    document: { id, modifiedAt: 0 },
    score,
    certain,
    hits: [{ score: { lexical: 1, dense: null } }],
  }) as unknown as SearchGroup;

const answer = (library: string, confident: boolean, groups: SearchGroup[]) => ({
  library,
  encoderId: null,
  response: {
    mode: 'lexical',
    groups,
    confidence: confident ? 0.9 : 0.1,
    confident,
    notices: [],
    timing: { totalMs: 0 },
  } as unknown as SearchResponse,
});

test('what answers stands above what merely resembles, whichever library holds it', () => {
  const merged = mergeResponses(
    [
      answer('work', true, [group('lease', 0.9, true), group('letter', 0.8, false)]),
      answer('home', true, [group('contract', 0.7, true), group('cake', 0.6, false)]),
    ],
    { mode: 'lexical', limit: 10 },
    [],
  );
  expect(merged.groups.map(({ document, certain }) => [document.id, certain])).toEqual([
    ['lease', true],
    ['contract', true],
    ['letter', false],
    ['cake', false],
  ]);
  expect(merged).toMatchObject({ confidence: 0.9, confident: true });
});
