/** When a reranker is asked, what it is given, and what becomes of the answer where it fails. */
import { expect, test, vi } from 'vitest';
import { type SearchRequest, searchRequestSchema } from '../../../../src-main/contract/search.ts';
import type { Rerank } from '../../../../src-main/search/ranking/rerank-passages.ts';
import type { SearchContext } from '../../../../src-main/search/search-context.ts';
import { searchLibrary } from '../../../../src-main/search/search-library.ts';
import { documentOf, letterEncoder, openSetWith, sharedSetWith } from '../fixtures.ts';

const set = sharedSetWith({
  fox: { text: 'The quick fox jumps over a fence.', headingPath: ['Animals'] },
  den: { text: 'A fox sleeps in its den.', headingPath: [] },
  hen: { text: 'The hen has seen the fox.', headingPath: [] },
  sea: { text: 'Waves and wind.', headingPath: [] },
});

const ask = (
  query: string,
  context: Partial<SearchContext>,
  changes: Partial<SearchRequest> = {},
  signal?: AbortSignal,
) =>
  searchLibrary(
    { set: set(), encoder: letterEncoder(), documents: (ids) => ids.map(documentOf), ...context },
    searchRequestSchema.parse({ query, ...changes }),
    signal,
  );

/** Likes texts that hold a word. */
const liking = (word: string) =>
  vi.fn<Rerank>(async (_, texts) => texts.map((text) => (text.includes(word) ? 8 : -8)));
const ids = ({ groups }: Awaited<ReturnType<typeof ask>>) => groups.map(({ document }) => document.id);

test('puts the passages in another order, and says what it gave and took', async () => {
  const without = await ask('quick fox', {});
  expect(ids(without)[0]).toBe('fox');
  expect(without.timing.rerankMs).toBe(0);
  const rerank = vi.fn<Rerank>(async (_, texts) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return texts.map((text) => (text.includes('hen') ? 90 : text.includes('fence') ? -90 : 0));
  });
  const seen = await ask('quick fox', { rerank });
  expect(ids(seen).indexOf('hen')).toBeLessThan(ids(seen).indexOf('den'));
  expect(seen.groups.find(({ document }) => document.id === 'hen')!.hits[0]!.score.reranked).toBe(90);
  expect(seen.timing.rerankMs).toBeGreaterThan(4);
  expect(seen.notices).toEqual([]);
});

test('reads the question without its operators, and passages with their headings', async () => {
  const rerank = liking('fox');
  await ask('quick fox type:text -waves', { rerank });
  expect(rerank).toHaveBeenCalledOnce();
  const [question, texts] = rerank.mock.calls[0]!;
  expect(question).toBe('quick fox');
  expect(texts).toContain('Animals. The quick fox jumps over a fence.');
});

test.each<[string, Partial<SearchContext>, Partial<SearchRequest>]>([
  ['by words', {}, { mode: 'lexical' }],
  ['by meaning', {}, { mode: 'dense' }],
  ['without an encoder', { encoder: null }, {}],
  ['where it is left out', {}, { rerank: false }],
  ['in one document', { onlyDocument: 'fox' }, {}],
  [
    'for a document by its name',
    { named: () => [{ documentId: 'sea', coverage: 1, precision: 1, isExact: true }] },
    {},
  ],
])('is not asked %s', async (_, context, request) => {
  const rerank = liking('den');
  const answer = await ask('quick fox', { rerank, ...context }, request);
  expect(rerank).not.toHaveBeenCalled();
  expect(answer.groups.length).toBeGreaterThan(0);
  expect(answer.timing.rerankMs).toBe(0);
});

test('reads no more than the first thirty', async () => {
  const many = Array.from({ length: 40 }, (_, index) => [`d${index}`, { text: `A fox, number ${index}.` }]);
  const passages = await openSetWith(Object.fromEntries(many));
  const rerank = liking('fox');
  await ask('fox', { set: passages, rerank }, { limit: 40 });
  expect(rerank.mock.calls[0]![1]).toHaveLength(30);
});

test('says how many it had time for, and leaves the others behind them', async () => {
  const seen = await ask('quick fox', { rerank: async () => [0, 1] });
  const given = seen.groups.map(({ hits }) => hits[0]!.score.reranked);
  expect([...given.slice(0, 2)].sort()).toEqual([0, 1]);
  expect(given.slice(2)).toEqual([undefined, undefined]);
  expect(seen.notices).toEqual([
    'The reranker had time for 2 of the first 4 passages; the others stay behind them.',
  ]);
});

test('where it fails, the order is as it was, and a notice says why', async () => {
  const without = await ask('quick fox', {});
  const seen = await ask('quick fox', {
    rerank: async () => {
      throw new Error('The file is gone.');
    },
  });
  expect(ids(seen)).toEqual(ids(without));
  expect(seen.notices).toEqual([
    'The reranker did not take part, so the order is as without it. The file is gone.',
  ]);
});

test('an aborted search ends with the reason, not with an order', async () => {
  const left = new AbortController();
  const rerank: Rerank = (_question, _texts, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      left.abort(new Error('No longer wanted.'));
    });
  await expect(ask('quick fox', { rerank }, {}, left.signal)).rejects.toThrow('No longer wanted.');
});
