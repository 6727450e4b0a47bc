/** Which encoder an evaluation measures, on a collection of twelve notes. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EvaluationRequest } from '../../../src-main/contract/evaluation.ts';
import { evaluationRequest } from '../../../src-main/engine/jobs/kinds/evaluate-job.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyBert } from '../../native/models/make-tiny-bert.ts';
import { TestEngine } from '../../support/test-engine.ts';

const directory = join(import.meta.dirname, '../../eval/fixtures/mini');

let host: TestEngine;
beforeEach(() => {
  host = new TestEngine();
});
afterEach(async () => await host.close());

const evaluate = async (request: Partial<EvaluationRequest>) => {
  const { jobs } = host.engine;
  const asked = {
    directory,
    mode: 'dense',
    k: 100,
    adapt: false,
    method: 'auto',
    seed: 1,
    ...request,
  } satisfies EvaluationRequest;
  return await jobs.wait(jobs.submit(evaluationRequest(asked)).id);
};

test('a file of anywhere is measured in place of the default encoder', async () => {
  await host.makeModel('default.gguf', { extraStrings: { 'general.name': 'the default' } });
  const other = await host.makeModel('../elsewhere.gguf', { extraStrings: { 'general.name': 'another' } });
  await host.open();
  expect((await evaluate({})).result).toMatchObject({ encoder: 'the default', documents: 12 });
  expect((await evaluate({ model: other })).result).toMatchObject({ encoder: 'another', documents: 12 });
  expect((await evaluate({ model: host.path('none.gguf') })).failure).toMatchObject({
    message: expect.stringContaining('none.gguf'),
  });
});

test('a reranker takes part where one is named, in hybrid search alone', async () => {
  await host.makeModel('default.gguf');
  const reranker = host.path('reranker.gguf');
  const head = { poolingType: 4, hasHead: true, contextLength: 512 };
  await makeTinyBert(await NativeRuntime.create(), reranker, head);
  await host.open();
  const plain = (await evaluate({ mode: 'hybrid' })).result as { ndcg10: number };
  expect(plain).not.toHaveProperty('reranker');
  const rows = (await evaluate({ mode: 'all', reranker })).result as { reranker?: string; ndcg10: number }[];
  expect(rows.map((row) => row.reranker)).toEqual([undefined, undefined, 'tiny-bert']);
  expect(rows[2]!.ndcg10).not.toBe(plain.ndcg10);
  expect((await evaluate({ model: reranker })).failure).toMatchObject({
    message: expect.stringMatching(/is a reranker and makes no vectors: give it by --reranker/),
  });
  expect((await evaluate({ mode: 'hybrid', reranker: host.path('none.gguf') })).failure).toMatchObject({
    message: expect.stringContaining('none.gguf'),
  });
});

test('without an encoder, words alone are measured', async () => {
  await host.open();
  expect((await evaluate({ mode: 'lexical' })).result).toMatchObject({ encoder: null, queries: 10 });
  for (const mode of ['dense', 'hybrid'] as const) {
    const { state, failure } = await evaluate({ mode });
    expect(state).toBe('failed');
    expect(failure?.message).toContain(`${mode} search cannot be measured`);
  }
});

test('every mode is measured over one index', async () => {
  await host.makeModel('default.gguf');
  await host.open();
  const rows = (await evaluate({ mode: 'all' })).result as {
    mode: string;
    adapter: null;
    index_seconds: number;
  }[];
  expect(rows.map(({ mode }) => mode)).toEqual(['lexical', 'dense', 'hybrid']);
  expect(new Set(rows.map((row) => row.index_seconds)).size).toBe(1);
  const single = (await evaluate({ mode: 'dense' })).result as { ndcg10: number };
  expect(rows[1]).toMatchObject({ ndcg10: single.ndcg10, queries: 10 });
});
