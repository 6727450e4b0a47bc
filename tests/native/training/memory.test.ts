/** The plan's memory estimate against what a step really takes. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { TrainingSession } from '../../../src-main/llara/training/loop/training-session.ts';
import { defaultTrainingSettings } from '../../../src-main/llara/training/loop/training-settings.ts';
import { TrainingStep } from '../../../src-main/llara/training/loop/training-step.ts';
import { readNetworkShape } from '../../../src-main/llara/training/network-shape.ts';
import { trainingMemory } from '../../../src-main/llara/training/training-memory.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyBert } from '../models/make-tiny-bert.ts';
import { makeTinyGemma } from '../models/make-tiny-gemma.ts';
import { makeTinyLlama } from '../models/make-tiny-llama.ts';

it.each([
  ['llama', 1, 'half', 640, 'q8_0'],
  ['llama', 2, 'half', 640, 'q8_0'],
  ['llama', 3, 'half', 32_000, 'q8_0'],
  ['llama', 4, 'stored', 640, 'q8_0'],
  ['llama', 4, 'stored', 640, 'q4_1'],
  ['qwen3', 3, 'half', 640, 'q8_0'],
  ['gemma', 3, 'half', 640, 'q8_0'],
  ['bert', 1, 'half', 81, 'q8_0'],
  ['bert', 3, 'half', 81, 'q8_0'],
  ['bert', 4, 'stored', 81, 'q4_0'],
] as const)(
  'is within a factor of two for %s of %i layers, weights %s, %i pieces in %s',
  async (architecture, layerCount, precision, vocabulary, type) => {
    const runtime = await NativeRuntime.create();
    const modelPath = join(await mkdtemp(join(tmpdir(), 'llara-memory-')), 'model.gguf');
    const shape = { layerCount, width: 192, headCount: 6, feedForward: 512, type };
    if (architecture === 'bert') await makeTinyBert(runtime, modelPath, shape);
    else if (architecture === 'gemma') {
      await makeTinyGemma(runtime, modelPath, { ...shape, kvHeadCount: 6, vocabulary, denseWidth: 512 });
    } else {
      const plain = architecture === 'qwen3';
      await makeTinyLlama(runtime, modelPath, { ...shape, architecture, plain, kvHeadCount: 6, vocabulary });
    }
    const session = await TrainingSession.create({
      modelPath,
      rank: 8,
      alpha: 16,
      seed: 1,
      withHead: false,
      precision,
      threads: 1,
    });
    const { objective } = defaultTrainingSettings;
    const step = new TrainingStep(session.model, {
      prompt: session.text.prompt,
      objective,
      microBatchTokens: 512,
    });
    const tokens = (start: number, count: number) =>
      Int32Array.from({ length: count }, (_, at) => (vocabulary > 300 ? 300 : 0) + ((start + at) % 80));
    const examples = Array.from({ length: 8 }, (_, index) => ({
      group: `${index}`,
      query: tokens(index, 30),
      positive: tokens(40 + index, 80),
      negative: null,
      selfTargets: new Int32Array(0),
      nextTargets: new Int32Array(0),
    }));
    const { tokenCount } = await step.run(examples);
    // What a CPU multiplies slowly is trained in a faster type.
    const held8Bits = session.model.network.linears.every(({ weight }) => weight.type === 'q8_0');
    expect(held8Bits).toBe(precision === 'stored');
    const gguf = await GgufFile.create(runtime, modelPath);
    const network = readNetworkShape(gguf);
    if (!network.ok) throw new Error(network.reason);
    const poolsAll = architecture === 'bert' || architecture === 'gemma';
    const run = {
      rank: 8,
      lanes: 1,
      withHead: false,
      tokensPerStep: tokenCount,
      columns: 80,
      poolsAll,
      precision,
    };
    const estimate = trainingMemory(gguf.tensors(), network.shape, run);
    expect(estimate.activations / step.peakActivationBytes).toBeGreaterThan(0.5);
    expect(estimate.activations / step.peakActivationBytes).toBeLessThan(2);
    const held = estimate.weights + estimate.copies + estimate.transposed + estimate.adapter;
    expect(held / session.model.byteLength).toBeGreaterThan(0.5);
    expect(held / session.model.byteLength).toBeLessThan(2);
    gguf.dispose();
    step.dispose();
    await session.dispose();
  },
);
