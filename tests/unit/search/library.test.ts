import { expect, test, vi } from 'vitest';
import { QueryVectors } from '../../../src-main/search/query-vectors.ts';
import { searchLibrary } from '../../../src-main/search/search-library.ts';
import { ask, documentOf, letterEncoder, openSetWith } from './fixtures.ts';

const library = () =>
  openSetWith({
    'fox.1': {
      text: 'Nothing here. Naïve foxes were jumping over cafés! After that they slept for a long time.',
      headingPath: ['Animals', 'Foxes'],
      page: 3,
      start: 10,
      end: 90,
    },
    'fox.2': { text: 'A fox once more.', headingPath: ['Animals'] },
    'fox.3': { text: 'A third fox passage about jumps.', headingPath: ['Animals'] },
    dog: { text: 'Dogs and a fox.', headingPath: ['Dogs'] },
    sea: { text: 'Waves.', headingPath: ['Jumping'] },
  });

/** The unit vector between the axes of these dimensions. */
const at = (...dimensions: number[]) => {
  const vector = new Float32Array(16);
  for (const dimension of dimensions) vector[dimension] = 1 / Math.sqrt(dimensions.length);
  return vector;
};

test('answers are grouped by document, with everything a person needs to find the place', async () => {
  const { groups, mode, notices, timing } = await ask(await library(), 'naive fox jumped', {
    mode: 'lexical',
  });
  expect({ mode, notices }).toEqual({ mode: 'lexical', notices: [] });
  expect(groups[0]!.document.id).toBe('fox');
  expect(groups[0]!.hits).toHaveLength(3);
  const hit = groups[0]!.hits.find((candidate) => candidate.page === 3)!;
  expect(hit).toMatchObject({ headingPath: ['Animals', 'Foxes'], range: { start: 10, end: 90 } });
  expect(hit.text).toContain(hit.snippet);
  const highlighted = hit.highlights.map(({ start, end }) => hit.snippet.slice(start, end));
  expect(highlighted).toEqual(['Naïve', 'foxes', 'jumping']);
  expect(hit.matchedWords).toEqual(['naïve', 'foxes', 'jumping']);
  expect(hit.score).toMatchObject({ lexicalRank: 1, dense: null, denseRank: null });
  // A word of the heading finds a passage although its text does not hold it.
  expect(groups.map((group) => group.document.id)).toContain('sea');
  expect(timing.totalMs).toBeGreaterThan(0);
  expect(timing.encodeMs).toBe(0);
});

test('words of grammar find no passage by themselves, and are not marked where others find one', async () => {
  const set = await openSetWith({
    lease: { text: 'When the lease ends, it does so on the last day of May.' },
    grammar: { text: 'When does the one go to the other? It does when it does.' },
    other: { text: 'Waves.' },
  });
  const words = await ask(set, 'when does the lease end', { mode: 'lexical' });
  expect(words.groups.map((group) => group.document.id)).toEqual(['lease']);
  const [hit] = words.groups[0]!.hits;
  expect(hit!.highlights.map(({ start, end }) => hit!.snippet.slice(start, end))).toEqual(['lease', 'ends']);
  expect(hit!.matchedWords).toEqual(['lease', 'ends']);
  const hybrid = await ask(set, 'when does the lease end');
  const found = new Map(hybrid.groups.map((group) => [group.document.id, group.hits[0]!]));
  expect(found.get('lease')!.score.lexicalRank).toBe(1);
  expect(found.get('grammar')).toMatchObject({ highlights: [], score: { lexical: null, lexicalRank: null } });
});

test('limit counts documents, passagesPerDocument their passages, and the best come first', async () => {
  const set = await library();
  const { groups } = await ask(set, 'fox', { mode: 'hybrid', limit: 2, passagesPerDocument: 1 });
  expect(groups).toHaveLength(2);
  expect(groups.every((group) => group.hits.length === 1)).toBe(true);
  expect(groups[0]!.score).toBeGreaterThanOrEqual(groups[1]!.score);
  expect(groups[0]!.hits[0]!.score.fused).toBe(groups[0]!.score);
});

test('hybrid finds what only one of the two finds, and says which did', async () => {
  const set = await openSetWith({
    word: { text: 'zebra', vector: new Float32Array(16).fill(0.25) },
    meaning: {
      text: 'an unrelated sentence',
      vector: Float32Array.from({ length: 16 }, (_, n) => (n === 3 ? 1 : 0)),
    },
  });
  const encoder = letterEncoder({
    encode: async (texts) => texts.map(() => Float32Array.from({ length: 16 }, (_, n) => (n === 3 ? 1 : 0))),
  });
  const { groups, mode } = await ask(set, 'zebra', { encoder });
  expect(mode).toBe('hybrid');
  const scores = Object.fromEntries(groups.map((group) => [group.document.id, group.hits[0]!.score]));
  expect(scores.word).toMatchObject({ lexicalRank: 1, denseRank: 2 });
  expect(scores.meaning).toMatchObject({ lexical: null, lexicalRank: null, denseRank: 1 });
});

test('the question moves towards the passages found first, and finds what resembles them', async () => {
  const set = await openSetWith({
    named: { text: 'zebra crossing', vector: at(1, 2) },
    kin: { text: 'an unrelated sentence', vector: at(2) },
    ...Object.fromEntries(
      Array.from({ length: 8 }, (_, n) => [`other${n}`, { text: 'filler', vector: at(5 + n) }]),
    ),
  });
  const encoder = letterEncoder({ encode: async (texts) => texts.map(() => at(1)) });
  const dense = await ask(set, 'zebra', { encoder, mode: 'dense' });
  expect(dense.groups.find((group) => group.document.id === 'kin')!.hits[0]!.score.dense).toBeCloseTo(0);
  const hybrid = await ask(set, 'zebra', { encoder });
  expect(hybrid.groups.slice(0, 2).map((group) => group.document.id)).toEqual(['named', 'kin']);
  expect(hybrid.groups[1]!.hits[0]!.score.dense).toBeGreaterThan(0.2);
});

test('where an adapter has learnt it, passages support those that resemble them, in hybrid search alone', async () => {
  const set = await openSetWith({
    named: { text: 'zebra crossing', vector: at(1) },
    lone: { text: 'zebra far away on a very long road through the hills', vector: at(9) },
    kin: { text: 'an unrelated sentence', vector: at(1, 2) },
    ...Object.fromEntries(
      Array.from({ length: 3 }, (_, n) => [`other${n}`, { text: 'filler', vector: at(12 + n) }]),
    ),
  });
  const encoder = letterEncoder({ encode: async (texts) => texts.map(() => at(1)) });
  const scores = async (neighbourWeight: number, mode: 'hybrid' | 'dense') => {
    const { groups } = await ask(set, 'zebra', { encoder, neighbourWeight, mode });
    return Object.fromEntries(groups.map((group) => [group.document.id, group.score]));
  };
  const alone = await scores(0, 'hybrid');
  const supported = await scores(0.4, 'hybrid');
  expect(supported.named).toBe(alone.named);
  expect(supported.lone).toBeCloseTo(alone.lone!);
  expect(supported.kin).toBeCloseTo(0.6 * alone.kin! + 0.4 * alone.named!);
  expect(await scores(0.4, 'dense')).toEqual(await scores(0, 'dense'));
});

test.each([
  ['no encoder', null, /no encoder/],
  ['another dimension', letterEncoder({ dimension: 32 }), /32 numbers/],
  [
    'a failing encoder',
    letterEncoder({ encode: () => Promise.reject(new Error('out of memory')) }),
    /out of memory/,
  ],
])('with %s words answer, with a notice', async (_, encoder, notice) => {
  for (const mode of ['hybrid', 'dense'] as const) {
    const answer = await ask(await library(), 'fox', { encoder, mode });
    expect(answer.mode).toBe('lexical');
    expect(answer.notices).toEqual([expect.stringMatching(notice)]);
    expect(answer.groups.length).toBeGreaterThan(0);
  }
});

test('a cancelled search throws the reason', async () => {
  const controller = new AbortController();
  const encoder = letterEncoder({
    encode: async (texts) => {
      controller.abort(new Error('typed on'));
      return texts.map(() => new Float32Array(16));
    },
  });
  await expect(ask(await library(), 'fox', { encoder, signal: controller.signal })).rejects.toThrow(
    'typed on',
  );
});

test('a question asked again is not encoded again', async () => {
  const set = await library();
  const encoder = letterEncoder();
  const encode = vi.spyOn(encoder, 'encode');
  const queryVectors = new QueryVectors(encoder, 2);
  const context = { set, encoder, queryVectors, documents: (ids: string[]) => ids.map(documentOf) };
  const request = { library: 'x', mode: 'hybrid' as const, limit: 5, passagesPerDocument: 1 };
  for (const query of ['fox', 'dog', 'fox type:text', 'sea', 'fox', 'dog']) {
    await searchLibrary(context, { ...request, query });
  }
  expect(encode.mock.calls.map(([texts]) => texts[0])).toEqual(['fox', 'dog', 'sea', 'dog']);
});

test('documents that the library no longer knows are left out', async () => {
  const answer = await searchLibrary(
    {
      set: await library(),
      encoder: null,
      documents: (ids) => ids.filter((id) => id !== 'fox').map(documentOf),
    },
    { library: 'x', query: 'fox', mode: 'lexical', limit: 5, passagesPerDocument: 1 },
  );
  expect(answer.groups.map((group) => group.document.id)).toEqual(['dog']);
});

test('words in other scripts, odd characters and stop words alone do no harm', async () => {
  const set = await openSetWith({
    greek: { text: 'Η αλεπού πηδά. ½ cafe\u0301 日本語 テスト x² ﬁne 🙂 \ud800' },
    hindi: { text: 'हिन्दी में लिखा हुआ पाठ, with a fox.' },
  });
  for (const query of ['αλεπού', 'café', '日本語', 'fine fox', 'हिन्दी', 'the of', '!!!', '🙂', '\ud800']) {
    const { groups } = await ask(set, query);
    for (const hit of groups.flatMap((group) => group.hits)) expect(hit.text).toContain(hit.snippet);
  }
  const { groups } = await ask(set, 'café', { mode: 'lexical' });
  expect(groups.length).toBeLessThanOrEqual(1);
});
