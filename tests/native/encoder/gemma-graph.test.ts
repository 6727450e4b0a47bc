/** Our own graph of Gemma 3 and EmbeddingGemma against `llama_decode`, on ragged batches that reach beyond the window. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TokenSequence } from '../../../src-main/llara/encode/batches/batch-packing.ts';
import { embedGemma, hiddenGemma } from '../../../src-main/llara/encode/batches/gemma-batch.ts';
import { createDecodeEngine } from '../../../src-main/llara/encode/decode-engine.ts';
import { ownGraphVerdict } from '../../../src-main/llara/encode/graph-model.ts';
import { GemmaWeights } from '../../../src-main/llara/graph/gemma/gemma-weights.ts';
import { LoraAdapter } from '../../../src-main/llara/graph/lora-adapter.ts';
import { type Pooling, selectedPositions } from '../../../src-main/llara/prompt/pooling.ts';
import { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { referenceStates } from '../helpers/reference-states.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { worstCosine } from '../helpers/vectors.ts';
import { makeTinyGemma, type TinyGemmaOptions } from '../models/make-tiny-gemma.ts';
import { makeTinyLora } from '../models/make-tiny-lora.ts';

const scratch = scratchFolder();
const runtime = await NativeRuntime.create();
const device = runtime.findDevice('cpu')!;

let backend: Backend;
let executor: GraphExecutor;

beforeAll(async () => {
  backend = await Backend.create(runtime, { device, threadCount: 1 });
  executor = GraphExecutor.create(backend);
});
afterAll(async () => {
  executor.dispose();
  await backend.dispose();
});

/** Shorter than the window of 16, around it, and several times as long. */
const ragged = [1, 5, 31, 17, 70, 16].map((length, row) => sequence(length, row));

function sequence(length: number, row: number): TokenSequence {
  return {
    tokens: Int32Array.from({ length }, (_, at) => 3 + ((row * 97 + at * 31) % 600)),
    selected: Int32Array.from({ length }, (_, at) => at),
  };
}

async function openTiny(name: string, options: TinyGemmaOptions): Promise<{ path: string; gguf: GgufFile }> {
  const path = join(scratch, `${name.replace(/\W+/g, '-')}.gguf`);
  await makeTinyGemma(runtime, path, options);
  return { path, gguf: await GgufFile.create(runtime, path) };
}

async function loadTiny(name: string, options: TinyGemmaOptions) {
  const { path, gguf } = await openTiny(name, options);
  const model = await GemmaWeights.create(backend, gguf, { forProductsOnly: true });
  gguf.dispose();
  return { path, model };
}

const causal = { architecture: 'gemma3' } as const;
const shapes: { name: string; floor: number; options: TinyGemmaOptions }[] = [
  { name: 'embedding, f32', floor: 0.9999, options: {} },
  {
    name: 'embedding, an odd window, every second layer global, f32',
    floor: 0.9999,
    options: { window: 9, pattern: 2 },
  },
  {
    name: 'embedding, a pattern by layers, f32',
    floor: 0.9999,
    options: { layerCount: 4, pattern: [0, 1, 1, 0] },
  },
  {
    name: 'embedding, biases and one key head, f32',
    floor: 0.9999,
    options: { hasBiases: true, kvHeadCount: 1 },
  },
  {
    name: 'embedding, bases and stretched positions, f32',
    floor: 0.9999,
    options: { extraFloats: { 'rope.freq_base_swa': 500, 'rope.scaling.factor': 8 } },
  },
  { name: 'embedding, q8_0', floor: 0.999, options: { type: 'q8_0' } },
  { name: 'embedding, q4_0', floor: 0.999, options: { type: 'q4_0' } },
  { name: 'causal, f32', floor: 0.9999, options: causal },
  {
    name: 'causal, every second layer global, f32',
    floor: 0.9999,
    options: { ...causal, layerCount: 4, pattern: 2 },
  },
  { name: 'causal, no window, f32', floor: 0.9999, options: { ...causal, window: 0 } },
  {
    name: 'causal, stretched positions, f32',
    floor: 0.9999,
    options: { ...causal, extraFloats: { 'rope.scaling.factor': 8 } },
  },
  { name: 'causal, q8_0', floor: 0.999, options: { ...causal, type: 'q8_0' } },
];

describe.each(shapes)('hidden states, $name', ({ name, floor, options }) => {
  let model: GemmaWeights;
  let reference: Float32Array[][];

  beforeAll(async () => {
    const tiny = await loadTiny(name, options);
    model = tiny.model;
    reference = await referenceStates(runtime, tiny.path, ragged);
  });
  afterAll(() => model.dispose());

  it.each([
    { attention: 'softmax', gelu: 'composed' },
    { attention: 'flash', gelu: 'composed' },
    { attention: 'flash', gelu: 'operation' },
  ] as const)('equal llama_decode at every position ($attention, GELU $gelu)', async (kinds) => {
    const states = await hiddenGemma(executor, model, ragged, kinds);
    for (const [index, rows] of states.entries()) {
      expect(worstCosine(rows, reference[index]!)).toBeGreaterThan(floor);
    }
  });
});

it('the window hides what lies beyond it', async () => {
  const near = await loadTiny('windowed', {});
  const far = await loadTiny('not-windowed', { window: 1000 });
  const long = [sequence(70, 1)];
  const windowed = await hiddenGemma(executor, near.model, long);
  const whole = await hiddenGemma(executor, far.model, long);
  expect(worstCosine(windowed.flat(), whole.flat())).toBeLessThan(0.99);
  near.model.dispose();
  far.model.dispose();
});

describe.each<{ name: string; pooling: Pooling; options: TinyGemmaOptions }>([
  { name: 'mean', pooling: { kind: 'mean' }, options: {} },
  { name: 'mean, dense layers', pooling: { kind: 'mean' }, options: { denseWidth: 96 } },
  { name: 'mean, dense layers, q8_0', pooling: { kind: 'mean' }, options: { denseWidth: 96, type: 'q8_0' } },
  { name: 'last, causal', pooling: { kind: 'last', count: 1 }, options: causal },
  { name: 'mean, causal', pooling: { kind: 'mean' }, options: causal },
])('vectors pooled by $name', ({ name, pooling, options }) => {
  const pooled = ragged.map(
    (each): TokenSequence => ({ ...each, selected: selectedPositions(each.tokens.length, pooling) }),
  );

  it('equal llama_decode’s, and do not depend on the batch', async () => {
    const { path, model } = await loadTiny(`pooling-${name}`, options);
    const prompt = { prefix: '', suffix: '' };
    const engine = await createDecodeEngine({
      runtime,
      device,
      threads: 1,
      modelPath: path,
      contextLength: 256,
      profile: { passage: prompt, query: prompt, tokeniseApart: true, pooling, normalisation: [] },
    });
    const expected = (await engine.lanes[0]!.embed(pooled)).flat();
    await engine.dispose();
    const together = await embedGemma(executor, model, pooled);
    expect(worstCosine(together, expected)).toBeGreaterThan(options.type === 'q8_0' ? 0.999 : 0.9999);
    const alone: Float32Array[] = [];
    for (const each of pooled) alone.push(...(await embedGemma(executor, model, [each])));
    expect(worstCosine(together, alone)).toBeGreaterThan(0.9999);
    model.dispose();
  });
});

it('a LoRA adapter changes the states as llama.cpp changes them', async () => {
  const { path, model } = await loadTiny('lora-base', { headSize: 16 });
  const adapterPath = join(scratch, 'lora.gguf');
  await makeTinyLora(runtime, adapterPath, { architecture: 'gemma-embedding', layerCount: 3 });
  const adapter = await LoraAdapter.create(backend, adapterPath, model);
  const reference = await referenceStates(runtime, path, ragged, adapterPath);
  const bare = await hiddenGemma(executor, model, ragged);
  const adapted = await hiddenGemma(executor, model, ragged, { lora: adapter.pairs });
  expect(worstCosine(adapted.flat(), reference.flat())).toBeGreaterThan(0.9999);
  expect(worstCosine(adapted.flat(), bare.flat())).toBeLessThan(0.99);
  adapter.dispose();
  model.dispose();
});

describe('files that the graph does not compute', () => {
  it.each<{ name: string; reason: string; options: TinyGemmaOptions }>([
    {
      name: 'unknown tensors',
      reason: 'tensor blk.0.ffn_gate_inp.weight',
      options: { extraVectors: { 'blk.0.ffn_gate_inp.weight': 64 } },
    },
    {
      name: 'dense layers of a causal model',
      reason: 'tensor dense_2.weight',
      options: { ...causal, denseWidth: 96 },
    },
    {
      name: 'half of the dense layers',
      reason: 'one dense layer without the other',
      options: { denseWidth: 96, without: ['dense_3.weight'] },
    },
    {
      name: 'an attention factor',
      reason: 'rope scaling by an attention factor of 2',
      options: { extraFloats: { 'rope.scaling.attn_factor': 2 } },
    },
  ])('are named: $name', async ({ name, reason, options }) => {
    const { gguf } = await openTiny(name, options);
    expect(ownGraphVerdict(gguf)).toEqual({ ok: false, reason });
    gguf.dispose();
  });

  it('are refused where a tensor is missing or of another shape', async () => {
    for (const [name, options] of Object.entries<TinyGemmaOptions>({
      missing: { without: ['blk.1.post_ffw_norm.weight'] },
      misshapen: { without: ['blk.1.ffn_norm.weight'], extraVectors: { 'blk.1.ffn_norm.weight': 63 } },
      'heads that do not share': { headCount: 3, kvHeadCount: 2 },
    })) {
      const { gguf } = await openTiny(name, options);
      await expect(GemmaWeights.create(backend, gguf), name).rejects.toMatchObject({ code: 'model-invalid' });
      gguf.dispose();
    }
  });
});
