/** A reranker from its import to a search that it takes part in, and what becomes of searches where its file is gone or broken. */
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRouter } from '../../../src-main/engine/router.ts';
import { passageText } from '../../../src-main/library/passages/passage-text.ts';
import { createReranker } from '../../../src-main/llara/rerank/create-reranker.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyBert } from '../../native/models/make-tiny-bert.ts';
import { runLlara } from '../../support/run-llara.ts';
import { TestEngine } from '../../support/test-engine.ts';

let test: TestEngine;
let file: string;
const client = () => createRouterClient(createRouter(test.engine));
const question = 'when does the lease end';
const texts = [
  'The lease of the flat ends in May.',
  'A lease that does not end is a rare thing.',
  'When the fox comes, the hen leaves.',
  'The end of the garden is where the garage stands.',
  'Its lease was never written down.',
  'In May and in June it rains.',
];

beforeEach(async () => {
  test = new TestEngine();
  file = test.path('second-look.gguf');
  await test.makeModel();
  const head = { poolingType: 4, hasHead: true, layerCount: 2, contextLength: 256 };
  await makeTinyBert(await NativeRuntime.create(), file, head);
  mkdirSync(test.path('papers'));
  for (const [index, text] of texts.entries()) writeFileSync(test.path('papers', `${index}.txt`), text);
  await test.open();
  await test.index(test.path('papers'));
});
afterEach(async () => await test.close());

const search = async (changes: { rerank?: boolean } = {}) => {
  const response = await client().search.query({ query: question, limit: 10, ...changes });
  return { ...response, order: response.groups.map(({ document }) => document.relativePath) };
};

it('takes part once it is chosen, by its scores, and no longer once it is not', async () => {
  const before = await search();
  expect(before.timing.rerankMs).toBe(0);
  const { id, kind } = await client().models.import({ path: file });
  expect(kind).toBe('reranker');
  expect((await search()).order).toEqual(before.order);

  await client().settings.update({ reranker: id });
  const seen = await search();
  expect(seen.notices).toEqual([]);
  expect(seen.timing.rerankMs).toBeGreaterThan(0);
  const reranker = await createReranker({ modelPath: file, device: 'cpu' });
  const shown = seen.groups.map(({ hits }) => hits[0]!);
  const scores = await reranker.rank(question, shown.map(passageText));
  await reranker.dispose();
  for (const [index, { score }] of shown.entries()) expect(score.reranked).toBeCloseTo(scores[index]!, 2);
  // Half of the order is the fused score's, as it was without the reranker.
  const fusedOf = new Map(before.groups.map(({ document, score }) => [document.relativePath, score]));
  const scaled = (values: readonly number[]) => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return values.map((value) => (value - low) / (high - low));
  };
  const fused = scaled(seen.order.map((name) => fusedOf.get(name)!));
  const both = scaled(scores).map((score, index) => score + fused[index]!);
  expect(both).toEqual([...both].sort((a, b) => b - a));
  expect(seen.order).not.toEqual(before.order);
  expect([...seen.order].sort()).toEqual([...before.order].sort());

  expect((await search({ rerank: false })).order).toEqual(before.order);
  const listed = (await client().models.list()).find((model) => model.id === id);
  expect(listed).toMatchObject({
    kind: 'reranker',
    dimension: null,
    active: true,
    questionMs: expect.any(Number),
  });
  await client().settings.update({ reranker: '' });
  const after = await search();
  expect(after.order).toEqual(before.order);
  expect(after.timing.rerankMs).toBe(0);
});

it('makes no vectors, and stays while it is chosen', async () => {
  const { id } = await client().models.import({ path: file });
  await expect(client().models.use({ library: 'default', modelId: id })).rejects.toThrow(/makes no vectors/);
  await client().settings.update({ reranker: id });
  await expect(client().models.remove({ modelId: id })).rejects.toThrow(/Choose another one or none first/);
  await client().settings.update({ reranker: '' });
  await client().models.remove({ modelId: id });
  expect((await client().models.list()).some((model) => model.id === id)).toBe(false);
});

it.each([
  ['gone', (path: string) => rmSync(path), /not here any more/],
  [
    'broken',
    (path: string) => truncateSync(path, 3000),
    /not here any more|not a readable GGUF file|cannot run/,
  ],
])('leaves searches as they were where its file is %s', async (_, damage, reason) => {
  const before = await search();
  const { id, path } = await client().models.import({ path: file });
  await client().settings.update({ reranker: id });
  damage(path!);
  const seen = await search();
  expect(seen.order).toEqual(before.order);
  expect(seen.mode).toBe('hybrid');
  expect(seen.notices).toEqual([expect.stringMatching(/^The reranker did not take part/)]);
  expect(seen.notices[0]).toMatch(reason);
});

it('is chosen on the command line', async () => {
  const home = test.path('other-home');
  const run = async (...words: string[]) => {
    const { code, output, messages } = await runLlara(['models', ...words], { home });
    expect([messages, code]).toEqual(['', 0]);
    return output;
  };
  expect(await run('import', file)).toMatch(/Imported tiny-bert, a reranker.*llara models rerank tiny-bert/s);
  expect(await run('rerank', 'tiny-bert')).toMatch(/^tiny-bert reads the first passages of each search/);
  expect(await run('list')).toMatch(/^\* [0-9a-f]{16} {2}tiny-bert {2}\(reranker, imported/m);
  expect(await run('rerank', 'none')).toMatch(/^No reranker takes part/);
}, 60_000);
