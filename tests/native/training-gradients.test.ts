/** Losses and the gradient of every LoRA tensor against PyTorch, ggml's autograd and finite differences. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { targetSet } from '../../src-main/llara/training/set-loss.ts';
import { TrainingModel } from '../../src-main/llara/training/training-model.ts';
import type { TokenisedExample } from '../../src-main/llara/training/training-step.ts';
import { TrainingStep } from '../../src-main/llara/training/training-step.ts';
import type { Backend } from '../../src-main/native/backend.ts';
import type { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import {
  decodeFloats,
  type Golden,
  generate,
  goldenPrompt,
  openBackend,
  openGoldenFile,
  readGolden,
  relativeError,
} from './training/golden-model.ts';

const golden = readGolden();
let runtime: NativeRuntime;
let backend: Backend;

beforeAll(async () => {
  ({ runtime, backend } = await openBackend());
});
afterAll(() => backend.dispose());

/** Query i is the NEXT embedding of text i, its passage the SELF embedding of text i + 1. */
function goldenExamples({ texts, nextTexts }: Golden): TokenisedExample[] {
  return texts.map((text, index) => {
    const passage = (index + 1) % texts.length;
    return {
      group: `${index}`,
      query: Int32Array.from(text),
      positive: Int32Array.from(texts[passage] as number[]),
      negative: null,
      selfTargets: targetSet(texts[passage] as number[], new Set()),
      nextTargets: targetSet(nextTexts[passage] as number[], new Set()),
    };
  });
}

async function goldenModel(type: 'f32' | 'q8_0' | 'f16'): Promise<TrainingModel> {
  const file = await openGoldenFile(runtime, golden, type);
  const { rank, alpha } = golden.config;
  const model = await TrainingModel.create([backend], file, { rank, alpha, seed: 1, withHead: true });
  file.dispose();
  model.parameters.values.forEach((values, index) => {
    values.set(generate(model.parameters.names[index] as string, values.length, 0.1));
  });
  model.parameters.upload();
  return model;
}

function goldenStep(
  model: TrainingModel,
  options: { nativeBackward?: boolean; microBatchTokens?: number } = {},
) {
  return new TrainingStep(model, {
    prompt: goldenPrompt(golden),
    objective: { ...golden.weights, temperature: golden.temperature },
    microBatchTokens: options.microBatchTokens ?? 2048,
    nativeBackward: options.nativeBackward ?? true,
  });
}

describe.each([
  ['f32', 1e-3, 1e-4],
  ['q8_0', 5e-2, 1e-2],
] as const)('against PyTorch, base weights in %s', (type, gradientTolerance, lossTolerance) => {
  it.each([
    ['with ggml’s *_back operations', { nativeBackward: true }],
    ['with forward operations only', { nativeBackward: false }],
    ['in micro-batches of one text', { microBatchTokens: 1 }],
  ])('%s', async (_, options) => {
    const model = await goldenModel(type);
    const step = goldenStep(model, options);
    const { losses, loss } = await step.run(goldenExamples(golden));
    const expected = golden[type];
    let total = 0;
    for (const [name, value] of Object.entries(expected.losses)) {
      expect(Math.abs((losses[name] ?? Number.NaN) - value) / value, name).toBeLessThan(lossTolerance);
      total += golden.weights[name as keyof Golden['weights']] * value;
    }
    expect(Math.abs(loss - total) / total).toBeLessThan(lossTolerance);
    const gradients = model.parameters.readGradients();
    expect(model.parameters.names.length).toBe(28);
    const errors = model.parameters.names.map((name, index) => ({
      name,
      error: relativeError(
        gradients[index] as Float32Array,
        decodeFloats(expected.gradients[name] as string),
      ),
    }));
    const worst = errors.reduce((x, y) => (y.error > x.error ? y : x));
    console.info(`${type}: worst gradient ${worst.name}, relative error ${worst.error.toExponential(2)}`);
    expect(worst.error, worst.name).toBeLessThan(gradientTolerance);
    step.dispose();
    model.dispose();
  });
});
