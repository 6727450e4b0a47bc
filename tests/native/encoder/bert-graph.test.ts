/** Our own graph of BERT against `llama_decode`, on ragged batches, and which files it leaves to `llama_decode`. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TokenSequence } from '../../../src-main/llara/encode/batches/batch-packing.ts';
import { embedBert, hiddenBert } from '../../../src-main/llara/encode/batches/bert-batch.ts';
import { createTextEncoder } from '../../../src-main/llara/encode/create-text-encoder.ts';
import { createDecodeEngine } from '../../../src-main/llara/encode/decode-engine.ts';
import { ownGraphVerdict } from '../../../src-main/llara/encode/graph-model.ts';
import { BertWeights } from '../../../src-main/llara/graph/bert/bert-weights.ts';
import { LoraAdapter } from '../../../src-main/llara/graph/lora-adapter.ts';
import { StoredTensors } from '../../../src-main/llara/graph/stored-tensors.ts';
import type { Pooling } from '../../../src-main/llara/prompt/pooling.ts';
import { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { referenceStates } from '../helpers/reference-states.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { worstCosine } from '../helpers/vectors.ts';
import { makeTinyBert, type TinyBertOptions } from '../models/make-tiny-bert.ts';
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

/** Lengths far apart, no multiples of the kernels', and one long enough for flash attention's tiles. */
const ragged = [1, 5, 31, 17, 70].map((length, row) => sequence(length, row));

function sequence(length: number, row: number): TokenSequence {
  return {
    tokens: Int32Array.from({ length }, (_, at) => (row * 97 + at * 31) % 80),
    selected: Int32Array.from({ length }, (_, at) => at),
  };
}

async function openTiny(name: string, options: TinyBertOptions): Promise<{ path: string; gguf: GgufFile }> {
  const path = join(scratch, `${name.replace(/\W+/g, '-')}.gguf`);
  await makeTinyBert(runtime, path, options);
  return { path, gguf: await GgufFile.create(runtime, path) };
}

async function loadTiny(name: string, options: TinyBertOptions) {
  const { path, gguf } = await openTiny(name, options);
  const model = await BertWeights.create(backend, gguf, { forProductsOnly: true });
  gguf.dispose();
  return { path, model };
}

const small = { layerCount: 3, width: 64, headCount: 4, feedForward: 128 };
const shapes: { name: string; floor: number; options: TinyBertOptions }[] = [
  { name: 'one layer, f32', floor: 0.99999, options: {} },
  { name: 'three layers, f32', floor: 0.9999, options: small },
  { name: 'wide heads, f32', floor: 0.9999, options: { ...small, headCount: 1 } },
  { name: 'no token types, f32', floor: 0.9999, options: { ...small, hasTypes: false } },
  { name: 'no biases, f32', floor: 0.9999, options: { ...small, hasBiases: false } },
  { name: 'f16', floor: 0.9999, options: { ...small, type: 'f16' } },
  { name: 'q8_0', floor: 0.999, options: { ...small, type: 'q8_0' } },
  { name: 'q4_0', floor: 0.999, options: { ...small, type: 'q4_0' } },
];

describe.each(shapes)('hidden states, $name', ({ name, floor, options }) => {
  let model: BertWeights;
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
    { attention: 'softmax', gelu: 'operation' },
  ] as const)('equal llama_decode at every position ($attention, GELU $gelu)', async (kinds) => {
    const states = await hiddenBert(executor, model, ragged, kinds);
    for (const [index, rows] of states.entries()) {
      expect(worstCosine(rows, reference[index]!)).toBeGreaterThan(floor);
    }
  });
});

describe.each([
  { pooling: { kind: 'mean' } },
  { pooling: { kind: 'cls' } },
  { pooling: { kind: 'last', count: 1 } },
] satisfies { pooling: Pooling }[])('vectors pooled by $pooling.kind', ({ pooling }) => {
  const pooled = ragged.map((each): TokenSequence => {
    const last = each.tokens.length - 1;
    const positions = { mean: each.selected, cls: Int32Array.of(0), last: Int32Array.of(last) };
    return { ...each, selected: positions[pooling.kind] };
  });

  it('equal llama_decode’s, and do not depend on the batch', async () => {
    const { path, model } = await loadTiny(`pooling-${pooling.kind}`, small);
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
    const together = await embedBert(executor, model, pooled);
    expect(worstCosine(together, expected)).toBeGreaterThan(0.9999);
    const alone: Float32Array[] = [];
    for (const each of pooled) alone.push(...(await embedBert(executor, model, [each])));
    expect(worstCosine(together, alone)).toBeGreaterThan(0.99999);
    model.dispose();
  });
});

it('a LoRA adapter changes the states as llama.cpp changes them', async () => {
  const { path, model } = await loadTiny('lora-base', small);
  const adapterPath = join(scratch, 'lora.gguf');
  await makeTinyLora(runtime, adapterPath, {
    architecture: 'bert',
    layerCount: 3,
    width: 64,
    kvWidth: 64,
    feedForward: 128,
  });
  const adapter = await LoraAdapter.create(backend, adapterPath, model);
  const reference = await referenceStates(runtime, path, ragged, adapterPath);
  const bare = await hiddenBert(executor, model, ragged);
  const adapted = await hiddenBert(executor, model, ragged, { lora: adapter.pairs });
  expect(worstCosine(adapted.flat(), reference.flat())).toBeGreaterThan(0.9999);
  expect(worstCosine(adapted.flat(), bare.flat())).toBeLessThan(0.99);
  adapter.dispose();
  model.dispose();
});

it('more tokens than the model has positions are refused', async () => {
  const { model } = await loadTiny('few-positions', { contextLength: 64 });
  await expect(embedBert(executor, model, [sequence(65, 0)])).rejects.toMatchObject({ code: 'bad-request' });
  model.dispose();
});

it('Q4_0 matrices lie where the CPU multiplies them fastest, if it has such memory', async () => {
  const { gguf } = await openTiny('rearranged', { ...small, type: 'q4_0' });
  const tensors = await StoredTensors.create(backend, gguf, { isRearranged: (name) => name.includes('ffn') });
  expect(tensors.rearrangedCount).toBe(backend.extraBufferTypes().length > 0 ? 6 : 0);
  tensors.dispose();
  // A type that no kernel rearranges stays where it was.
  const plain = await openTiny('not-rearranged', { ...small, type: 'f16' });
  const usual = await StoredTensors.create(backend, plain.gguf, { isRearranged: () => true });
  expect(usual.rearrangedCount).toBe(0);
  usual.dispose();
  gguf.dispose();
  plain.gguf.dispose();
});

it('llama_decode takes contexts of any length', async () => {
  const path = join(scratch, 'odd-context.gguf');
  await makeTinyBert(runtime, path, { contextLength: 514 });
  const options = { modelPath: path, device: 'cpu', threads: 1, runtime };
  const encoder = await createTextEncoder({ ...options, engine: 'decode' });
  const reference = await createTextEncoder(options);
  const texts = ['a ferry '.repeat(200), 'b'];
  const vectors = await encoder.encode(texts, 'passage');
  expect(worstCosine(vectors, await reference.encode(texts, 'passage'))).toBeGreaterThan(0.9999);
  await encoder.dispose();
  await reference.dispose();
});

describe('files that the graph does not compute', () => {
  it.each<{ name: string; reason: string; options: TinyBertOptions }>([
    {
      name: 'rotary positions',
      reason: 'architecture nomic-bert',
      options: { architecture: 'nomic-bert' },
    },
    { name: 'causal attention', reason: 'causal attention', options: { isCausal: true } },
  ])('go to llama_decode: $name', async ({ name, reason, options }) => {
    const { path, gguf } = await openTiny(name, options);
    expect(ownGraphVerdict(gguf)).toEqual({ ok: false, reason });
    gguf.dispose();
    const encoder = await createTextEncoder({ modelPath: path, device: 'cpu', threads: 1, runtime });
    const reference = await createTextEncoder({
      modelPath: path,
      device: 'cpu',
      threads: 1,
      runtime,
      engine: 'decode',
    });
    const texts = ['the ferry', 'crosses the river'];
    const vectors = await encoder.encode(texts, 'passage');
    expect(vectors).toEqual(await reference.encode(texts, 'passage'));
    await encoder.dispose();
    await reference.dispose();
  });

  it.each<{ name: string; reason: string; options: TinyBertOptions }>([
    {
      name: 'ALiBi instead of positions',
      reason: 'architecture jina-bert-v2',
      options: { architecture: 'jina-bert-v2' },
    },
    {
      name: 'a mixture of experts',
      reason: 'tensor blk.0.ffn_gate_inp.weight',
      options: { extraVectors: { 'blk.0.ffn_gate_inp.weight': 32 } },
    },
    {
      name: 'norms of queries',
      reason: 'tensor blk.0.attn_q_norm.weight',
      options: { extraVectors: { 'blk.0.attn_q_norm.weight': 32 } },
    },
    { name: 'heads that do not divide the width', reason: `headSize ${32 / 3}`, options: { headCount: 3 } },
    {
      name: 'a matrix of another shape',
      reason: 'tensor blk.0.attn_q.bias of 31 × 1',
      options: { without: ['blk.0.attn_q.bias'], extraVectors: { 'blk.0.attn_q.bias': 31 } },
    },
  ])('are named: $name', async ({ name, reason, options }) => {
    const { gguf } = await openTiny(name, options);
    expect(ownGraphVerdict(gguf)).toEqual({ ok: false, reason });
    gguf.dispose();
  });

  it('are refused by llama.cpp where a tensor is missing', async () => {
    const { path, gguf } = await openTiny('incomplete', { without: ['blk.0.ffn_up.weight'] });
    expect(ownGraphVerdict(gguf)).toEqual({ ok: false, reason: 'no tensor blk.0.ffn_up.weight' });
    gguf.dispose();
    const opening = createTextEncoder({ modelPath: path, device: 'cpu', threads: 1, runtime });
    await expect(opening).rejects.toMatchObject({ code: 'model-invalid' });
  });
});
