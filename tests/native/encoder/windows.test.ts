/** Vectors of parts of a text through our own graphs: what they are made of, and that nothing else changes by them. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packBatch, type TokenSequence } from '../../../src-main/llara/encode/batches/batch-packing.ts';
import { embedBert, hiddenBert } from '../../../src-main/llara/encode/batches/bert-batch.ts';
import { bySequence } from '../../../src-main/llara/encode/batches/graph-batch.ts';
import { computePooled } from '../../../src-main/llara/encode/batches/llama-batch.ts';
import { BertWeights } from '../../../src-main/llara/graph/bert/bert-weights.ts';
import { LlamaWeights } from '../../../src-main/llara/graph/llama/llama-weights.ts';
import { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { worstCosine } from '../helpers/vectors.ts';
import { makeTinyBert } from '../models/make-tiny-bert.ts';
import { makeTinyLlama } from '../models/make-tiny-llama.ts';

const scratch = scratchFolder();
const runtime = await NativeRuntime.create();
let backend: Backend;
let executor: GraphExecutor;

beforeAll(async () => {
  backend = await Backend.create(runtime, { device: runtime.findDevice('cpu')!, threadCount: 1 });
  executor = GraphExecutor.create(backend);
});
afterAll(async () => {
  executor.dispose();
  await backend.dispose();
});

const parts = [
  { start: 1, end: 9 },
  { start: 9, end: 17 },
];
const tokensOf = (row: number, length: number) =>
  Int32Array.from({ length }, (_, at) => 3 + ((row * 97 + at * 31) % 70));
const without = (sequences: readonly TokenSequence[]) => sequences.map(({ windows: _, ...rest }) => rest);

describe('behind a causal text, the pooled tokens', () => {
  let weights: LlamaWeights;
  beforeAll(async () => {
    const path = join(scratch, 'one-layer.gguf');
    await makeTinyLlama(runtime, path, { seed: 4, layerCount: 1 });
    const gguf = await GgufFile.create(runtime, path);
    weights = await LlamaWeights.create(backend, gguf);
    gguf.dispose();
  });
  afterAll(() => weights.dispose());

  /** Eight tokens behind a text of 16 or more gather it, as LLaRA's do. */
  const sequence = (row: number, length: number, windows: TokenSequence['windows']): TokenSequence => ({
    tokens: tokensOf(row, length + 8),
    selected: Int32Array.from({ length: 8 }, (_, at) => length + at),
    windows,
  });
  const embed = async (sequences: readonly TokenSequence[], attention: 'flash' | 'softmax' = 'flash') =>
    bySequence(await computePooled(executor, weights, packBatch(sequences), { attention }), sequences);

  it('see a part alone: what stands elsewhere in the text changes nothing, what stands in it does', async () => {
    const whole = sequence(1, 17, parts);
    const changed = { ...whole, tokens: whole.tokens.slice() };
    changed.tokens[12] = 5;
    const [[, first, second], [, firstThen, secondThen]] = (await embed([whole, changed])) as [
      Float32Array[],
      Float32Array[],
    ];
    expect(worstCosine([firstThen!], [first!])).toBeGreaterThan(0.99999);
    expect(worstCosine([secondThen!], [second!])).toBeLessThan(0.999);
  });

  it('see the text that a part is where there is no other', async () => {
    // Neither the first token nor one pooled token is seen by another, so only their own share of attention is missing.
    const [[own, window]] = (await embed([sequence(2, 40, [{ start: 0, end: 40 }])])) as [Float32Array[]];
    expect(worstCosine([window!], [own!])).toBeGreaterThan(0.9);
    expect(worstCosine([window!], [own!])).toBeLessThan(0.9999999);
  });

  it('give the same in a ragged batch, with either attention, and leave the text’s own vector as it was', async () => {
    const sequences = [
      sequence(3, 17, parts),
      sequence(4, 1, [{ start: 0, end: 1 }]),
      sequence(5, 40, undefined),
      sequence(6, 33, [...parts, { start: 17, end: 33 }]),
    ];
    const together = await embed(sequences);
    expect(together.map((vectors) => vectors.length)).toEqual([3, 2, 1, 4]);
    for (const [index, each] of sequences.entries()) {
      const [alone] = await embed([each], 'softmax');
      expect(worstCosine(together[index]!, alone!)).toBeGreaterThan(0.9999);
    }
    const bare = await embed(without(sequences));
    expect(
      worstCosine(
        together.map(([own]) => own!),
        bare.flat(),
      ),
    ).toBeGreaterThan(0.99999);
  });
});

it('where all tokens are pooled, are the means of the parts’ hidden states', async () => {
  const path = join(scratch, 'bert.gguf');
  await makeTinyBert(runtime, path, { layerCount: 2 });
  const gguf = await GgufFile.create(runtime, path);
  const model = await BertWeights.create(backend, gguf, { forProductsOnly: true });
  gguf.dispose();
  const sequences = [30, 17, 70].map((length, row): TokenSequence => {
    const tokens = tokensOf(row, length);
    return { tokens, selected: Int32Array.from({ length }, (_, at) => at), windows: parts };
  });
  const hidden = await hiddenBert(executor, model, sequences);
  const vectors = bySequence(await embedBert(executor, model, sequences), sequences);
  const bare = await embedBert(executor, model, without(sequences));
  expect(
    worstCosine(
      vectors.map(([own]) => own!),
      bare,
    ),
  ).toBeGreaterThan(0.99999);
  for (const [index, [, ...windows]] of vectors.entries()) {
    const means = parts.map(({ start, end }) => meanOf(hidden[index]!.slice(start, end)));
    expect(worstCosine(windows, means)).toBeGreaterThan(0.9999);
  }
  model.dispose();
});

function meanOf(rows: readonly Float32Array[]): Float32Array {
  const [first] = rows as [Float32Array];
  return first.map((_, at) => rows.reduce((sum, row) => sum + row[at]!, 0) / rows.length);
}
