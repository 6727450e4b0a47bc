/** Our own forward graph against `llama_decode`, on ragged batches, with grouped-query attention, LoRA and LLaRA's two branches. */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packBatch, type TokenSequence } from '../../../src-main/llara/encode/batches/batch-packing.ts';
import {
  computeHidden,
  computePooled,
  maxNodesOf,
} from '../../../src-main/llara/encode/batches/llama-batch.ts';
import type { AttentionKind } from '../../../src-main/llara/graph/blocks.ts';
import { LlamaWeights } from '../../../src-main/llara/graph/llama/llama-weights.ts';
import { LoraAdapter } from '../../../src-main/llara/graph/lora-adapter.ts';
import { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { referenceStates } from '../helpers/reference-states.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { worstCosine } from '../helpers/vectors.ts';
import { makeTinyLlama, type TinyLlamaOptions } from '../models/make-tiny-llama.ts';
import { makeTinyLora } from '../models/make-tiny-lora.ts';

const scratch = scratchFolder();
const runtime = await NativeRuntime.create();
const kinds: AttentionKind[] = ['softmax', 'flash'];

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

/** Lengths far apart, so that padding is everywhere. */
const ragged = [1, 5, 31, 17, 64].map((length, row) => sequence(length, row));

function sequence(length: number, row: number): TokenSequence {
  const last = Math.min(8, length);
  return {
    tokens: Int32Array.from({ length }, (_, at) => 3 + ((row * 97 + at * 31) % 600)),
    selected: Int32Array.from({ length: last }, (_, at) => length - last + at),
  };
}

const ropeFactors = { 'rope_freqs.weight': Float32Array.of(1, 1.5, 2, 4, 4, 8, 8, 1e30) };

/** On every product that may have one. */
function biases(): Record<string, Float32Array> {
  const sizes = {
    attn_q: 64,
    attn_k: 32,
    attn_v: 32,
    attn_output: 64,
    ffn_gate: 96,
    ffn_up: 96,
    ffn_down: 64,
  };
  const named = [0, 1].flatMap((layer) =>
    Object.entries(sizes).map(([part, size]): [string, Float32Array] => [
      `blk.${layer}.${part}.bias`,
      new Float32Array(size).map((_, index) => 0.3 * Math.sin(index + layer)),
    ]),
  );
  return Object.fromEntries(named);
}

async function load(path: string, forProductsOnly = false): Promise<LlamaWeights> {
  const gguf = await GgufFile.create(runtime, path);
  const weights = await LlamaWeights.create(backend, gguf, { forProductsOnly });
  gguf.dispose();
  return weights;
}

describe.each<{ name: string; floor: number; options: TinyLlamaOptions }>([
  { name: 'grouped-query, f32', floor: 0.99999, options: {} },
  { name: 'as many key heads as heads, f32', floor: 0.99999, options: { kvHeadCount: 4, seed: 2 } },
  {
    name: 'one key head, 4 layers, f32',
    floor: 0.99999,
    options: { kvHeadCount: 1, layerCount: 4, seed: 3 },
  },
  {
    name: 'linear rope scaling, f32',
    floor: 0.99999,
    options: {
      seed: 11,
      extraStrings: { 'llama.rope.scaling.type': 'linear' },
      extraFloats: { 'llama.rope.scaling.factor': 4 },
    },
  },
  {
    name: 'rope factors, f32',
    floor: 0.99999,
    options: {
      seed: 12,
      extraVectors: ropeFactors,
    },
  },
  {
    name: 'biases, f32',
    floor: 0.99999,
    options: { seed: 13, extraVectors: biases() },
  },
  {
    name: 'biases, rope factors and a constant up, f32',
    floor: 0.99999,
    options: { seed: 14, isUpZero: true, extraVectors: { ...biases(), ...ropeFactors } },
  },
  { name: 'qwen2, f32', floor: 0.9999, options: { architecture: 'qwen2', seed: 16 } },
  {
    name: 'qwen2, q8_0',
    floor: 0.999,
    options: { architecture: 'qwen2', type: 'q8_0', layerCount: 3, seed: 17 },
  },
  {
    name: 'qwen3, heads wider than their share, f32',
    floor: 0.9999,
    options: { architecture: 'qwen3', headSize: 32, layerCount: 3, seed: 18 },
  },
  {
    name: 'qwen3, linear rope scaling without a type, f32',
    floor: 0.9999,
    options: {
      architecture: 'qwen3',
      seed: 19,
      extraFloats: { 'qwen3.rope.scaling.factor': 4, 'qwen3.rope.freq_base': 1_000_000 },
    },
  },
  {
    name: 'qwen3, q8_0',
    floor: 0.999,
    options: { architecture: 'qwen3', type: 'q8_0', headSize: 32, seed: 20 },
  },
  {
    name: 'qwen3, q4_0, rearranged',
    floor: 0.999,
    options: { architecture: 'qwen3', type: 'q4_0', headSize: 32, seed: 21 },
  },
  { name: 'bf16', floor: 0.9995, options: { type: 'bf16', seed: 4 } },
  { name: 'q8_0', floor: 0.999, options: { type: 'q8_0', seed: 5 } },
  { name: 'q4_0, rearranged', floor: 0.999, options: { type: 'q4_0', seed: 15 } },
  {
    name: 'q4_K',
    floor: 0.998,
    options: { type: 'q4_K', width: 256, feedForward: 256, seed: 10 },
  },
])('hidden states, $name', ({ name, floor, options }) => {
  const path = join(scratch, `${name.replace(/\W+/g, '-')}.gguf`);
  let weights: LlamaWeights;
  let reference: Float32Array[][];

  beforeAll(async () => {
    await makeTinyLlama(runtime, path, options);
    weights = await load(path, name.includes('rearranged'));
    reference = await referenceStates(runtime, path, ragged);
  });
  afterAll(() => weights.dispose());

  it.each(kinds)('equal llama_decode at every position (%s)', async (attention) => {
    const packed = packBatch(ragged);
    const rows = await computeHidden(executor, weights, packed, { attention });
    const ours = ragged.map(({ tokens }, index) => {
      const start = index * packed.tokensPerSequence;
      return rows.slice(start, start + tokens.length);
    });
    for (const [index, states] of ours.entries()) {
      expect(worstCosine(states, reference[index]!)).toBeGreaterThan(floor);
    }
  });

  it.each(kinds)('computed only where wanted are the same (%s)', async (attention) => {
    const packed = packBatch(ragged);
    const rows = await computeHidden(executor, weights, packed, { attention, selectedOnly: true });
    for (const [index, { selected }] of ragged.entries()) {
      const start = index * packed.positionsPerSequence;
      const states = rows.slice(start, start + selected.length);
      const wanted = Array.from(selected, (position) => reference[index]![position]!);
      expect(worstCosine(states, wanted)).toBeGreaterThan(floor);
    }
  });

  it('pool to the mean of the selected positions', async () => {
    const pooled = await computePooled(executor, weights, packBatch(ragged), { attention: 'flash' });
    const means = ragged.map(({ selected }, index) => meanRows(reference[index]!, selected));
    expect(worstCosine(pooled, means)).toBeGreaterThan(floor);
  });
});

describe('two branches behind one text', () => {
  it.each(kinds)('give what two separate passes give (%s)', async (attention) => {
    const path = join(scratch, 'branches.gguf');
    await makeTinyLlama(runtime, path, { seed: 6 });
    const weights = await load(path);
    const texts = [sequence(12, 1).tokens, sequence(30, 2).tokens];
    const self = Int32Array.of(624, 625, 626, 627);
    const next = Int32Array.of(632, 633, 634);
    const joined = texts.map((text): TokenSequence => {
      const branch = (count: number, id: number) => new Uint8Array(count).fill(id);
      const upTo = (count: number) => Int32Array.from({ length: count }, (_, index) => index);
      const shifted = (count: number) => upTo(count).map((at) => at + text.length);
      return {
        tokens: Int32Array.of(...text, ...self, ...next),
        positions: Int32Array.of(...upTo(text.length), ...shifted(self.length), ...shifted(next.length)),
        branches: Uint8Array.of(
          ...branch(text.length, 0),
          ...branch(self.length, 1),
          ...branch(next.length, 2),
        ),
        selected: upTo(self.length + next.length).map((at) => at + text.length),
      };
    });
    const apart = texts.flatMap((text) =>
      [self, next].map((suffix) => ({
        tokens: Int32Array.of(...text, ...suffix),
        selected: Int32Array.from(suffix, (_, at) => text.length + at),
      })),
    );
    const both = await computeHidden(executor, weights, packBatch(joined), { attention, selectedOnly: true });
    const packedApart = packBatch(apart);
    const single = await computeHidden(executor, weights, packedApart, { attention, selectedOnly: true });
    const expected = apart.flatMap(({ selected }, index) => {
      const start = index * packedApart.positionsPerSequence;
      return single.slice(start, start + selected.length);
    });
    expect(worstCosine(both, expected)).toBeGreaterThan(0.99999);
    weights.dispose();
  });
});

describe('an abort', () => {
  it('ends a computation that runs, and the next one is whole again', async () => {
    const path = join(scratch, 'aborted.gguf');
    await makeTinyLlama(runtime, path, { seed: 14 });
    const weights = await load(path);
    // Long enough that it certainly still runs when the abort comes.
    const packed = packBatch(Array.from({ length: 32 }, (_, row) => sequence(200, row)));
    const before = await computePooled(executor, weights, packed, { attention: 'flash' });
    const controller = new AbortController();
    const reason = new Error('enough');
    const running = computePooled(executor, weights, packed, { attention: 'flash' }, controller.signal);
    await setImmediate();
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    const after = await computePooled(executor, weights, packed, { attention: 'flash' });
    expect(worstCosine(after, before)).toBeGreaterThan(0.999999);
    weights.dispose();
  });
});

describe('the scheduler', () => {
  it('gives the same vectors as one backend alone', async () => {
    const path = join(scratch, 'scheduled.gguf');
    await makeTinyLlama(runtime, path, { seed: 7 });
    const weights = await load(path);
    const fallback = await Backend.create(runtime, { device: runtime.findDevice('cpu')!, threadCount: 1 });
    const scheduled = GraphExecutor.create(backend, { fallback, maxNodes: maxNodesOf(weights) });
    const alone = await computePooled(executor, weights, packBatch(ragged), { attention: 'flash' });
    // Twice and with another shape in between: the scheduler has to forget the graph before.
    await computePooled(scheduled, weights, packBatch(ragged.slice(2, 3)), { attention: 'softmax' });
    const together = await computePooled(scheduled, weights, packBatch(ragged), { attention: 'flash' });
    expect(worstCosine(together, alone)).toBeGreaterThan(0.999999);
    scheduled.dispose();
    await fallback.dispose();
    weights.dispose();
  });
});

describe('LoRA', () => {
  it.each([
    ['random weights', { seed: 8 }],
    ['a constant up', { seed: 8, isUpZero: true, extraVectors: biases() }],
  ] as const)('changes the states as llama.cpp changes them, with %s', async (_, shape) => {
    const path = join(scratch, 'lora-base.gguf');
    const adapterPath = join(scratch, 'lora.gguf');
    await makeTinyLlama(runtime, path, shape);
    await makeTinyLora(runtime, adapterPath, { rank: 4, alpha: 8 });
    const weights = await load(path);
    const adapter = await LoraAdapter.create(backend, adapterPath, weights);
    const packed = packBatch(ragged);
    const bare = await computePooled(executor, weights, packed, { attention: 'flash' });
    const adapted = await computePooled(executor, weights, packed, {
      attention: 'flash',
      lora: adapter.pairs,
    });
    const reference = await referenceStates(runtime, path, ragged, adapterPath);
    const means = ragged.map(({ selected }, index) => meanRows(reference[index]!, selected));
    expect(worstCosine(adapted, means)).toBeGreaterThan(0.9999);
    expect(worstCosine(adapted, bare)).toBeLessThan(0.99);
    adapter.dispose();
    weights.dispose();
  });

  it('of other shapes is refused', async () => {
    const path = join(scratch, 'narrow.gguf');
    const adapterPath = join(scratch, 'wide-lora.gguf');
    await makeTinyLlama(runtime, path, { width: 32, seed: 9 });
    await makeTinyLora(runtime, adapterPath, { width: 64 });
    const weights = await load(path);
    await expect(LoraAdapter.create(backend, adapterPath, weights)).rejects.toMatchObject({
      code: 'adapter-mismatch',
    });
    weights.dispose();
  });
});

function meanRows(rows: readonly Float32Array[], selected: Int32Array): Float32Array {
  const sum = new Float32Array(rows[0]!.length);
  for (const position of selected) {
    for (let index = 0; index < sum.length; index += 1) sum[index]! += rows[position]![index]!;
  }
  return sum.map((value) => value / selected.length);
}
