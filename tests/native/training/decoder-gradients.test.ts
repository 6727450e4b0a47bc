/** The gradient of every LoRA number of small decoders against differences of a reference in 64 bits. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { scratchFolder } from '../helpers/scratch.ts';
import { makeTinyGemma, type TinyGemmaOptions } from '../models/make-tiny-gemma.ts';
import { makeTinyLlama, type TinyLlamaOptions } from '../models/make-tiny-llama.ts';
import { loraScale, type SlopeCase, SlopeChecker } from './check-slopes.ts';
import { type ReferenceDecoder, referenceDecoder, referenceDense } from './references/decoder-reference.ts';

const scratch = scratchFolder();
/** Of unequal length, so that padding has to be hidden, and longer than a window of four tokens. */
const texts = [
  [2, 9, 30, 9, 44, 71, 3, 260],
  [2, 17, 60, 3],
];
const last = { kind: 'last', count: 1 } as const;
const withoutHelp = { native: false, outerProducts: false };
const sizes = { width: 32, headCount: 4, kvHeadCount: 2, headSize: 16, feedForward: 32, layerCount: 2 };

let checker: SlopeChecker;

beforeAll(async () => {
  checker = await SlopeChecker.create();
});
afterAll(() => checker.dispose());

const pathOf = (name: string) => join(scratch, `${name.replace(/\W+/g, '-')}.gguf`);

/** As stored, ggml rounds activations to 8 bits, which matrices as small as these show more than large ones: hence the wider bound. */
const roundedBound = 1e-1;

describe('the gradients of llama, Qwen2 and Qwen3', () => {
  const [llama, qwen2, qwen3] = (['llama', 'qwen2', 'qwen3'] as const).map((architecture) => ({
    architecture,
  }));
  const cases: (SlopeCase & { options: TinyLlamaOptions })[] = [
    { name: 'llama, f32', pooling: last, options: llama!, bound: 1e-5 },
    { name: 'qwen2, f32', pooling: last, options: qwen2!, bound: 1e-5 },
    { name: 'qwen3, f32', pooling: last, options: qwen3!, bound: 1e-5 },
    { name: 'qwen3, f32, one layer', pooling: last, options: { ...qwen3, layerCount: 1 }, bound: 1e-5 },
    { name: 'qwen3, f32, pooled by the mean', options: qwen3!, bound: 1e-5 },
    {
      name: 'qwen3, f32, forward operations only',
      pooling: last,
      options: qwen3!,
      support: withoutHelp,
      bound: 1e-5,
    },
    {
      name: 'qwen3, q8_0, half-precision copies',
      pooling: last,
      options: { ...qwen3, type: 'q8_0' },
      bound: 1e-2,
    },
    {
      name: 'qwen3, q8_0, as stored',
      pooling: last,
      options: { ...qwen3, type: 'q8_0' },
      precision: 'stored',
      bound: roundedBound,
    },
  ];

  it.each(cases)('are the slopes of the reference: $name', async ({ options, ...given }) => {
    const full = { ...sizes, ...options };
    await makeTinyLlama(checker.runtime, pathOf(given.name), full);
    await checker.check(pathOf(given.name), texts, given, (_, tensors) => {
      const model: ReferenceDecoder = {
        ...full,
        epsilon: 1e-5,
        scale: loraScale,
        embeddingScale: 1,
        gate: 'silu',
        turns: options.architecture === 'llama' ? 'neighbours' : 'halves',
        ropeBase: () => 10_000,
        sees: (_layer, query, key) => key <= query,
        tensors,
      };
      return { hidden: (pairs, tokens) => referenceDecoder(model, pairs, tokens) };
    });
  });
});

describe('the gradients of Gemma 3 and EmbeddingGemma', () => {
  const window = 4;
  const causal: TinyGemmaOptions = { architecture: 'gemma3' };
  const cases: (SlopeCase & { options: TinyGemmaOptions })[] = [
    { name: 'embedding, f32', options: {}, bound: 1e-5 },
    { name: 'embedding, f32, dense layers', options: { denseWidth: 48 }, bound: 1e-5 },
    { name: 'embedding, f32, pooled by the last token', pooling: last, options: {}, bound: 1e-5 },
    { name: 'causal, f32', pooling: last, options: causal, bound: 1e-5 },
    {
      name: 'embedding, q8_0, half-precision copies',
      options: { type: 'q8_0', denseWidth: 64 },
      bound: 1e-2,
    },
  ];

  it.each(cases)('are the slopes of the reference: $name', async ({ options, ...given }) => {
    const full = { ...sizes, window, pattern: 2, ...options };
    const isCausal = full.architecture === 'gemma3';
    await makeTinyGemma(checker.runtime, pathOf(given.name), full);
    await checker.check(pathOf(given.name), texts, given, (_, tensors) => {
      const isLocal = (layer: number) => layer % 2 === 0;
      const model: ReferenceDecoder = {
        ...full,
        epsilon: 1e-6,
        scale: loraScale,
        embeddingScale: Math.sqrt(full.width),
        gate: 'gelu',
        turns: 'halves',
        ropeBase: (layer) => (isLocal(layer) ? 10_000 : 1_000_000),
        sees: (layer, query, key) => {
          if (isCausal) return key <= query && (!isLocal(layer) || query - key < window);
          return !isLocal(layer) || Math.abs(query - key) <= window / 2;
        },
        tensors,
      };
      return {
        hidden: (pairs, tokens) => referenceDecoder(model, pairs, tokens),
        finish: (pooled) => referenceDense(model, pooled),
      };
    });
  });
});
