/**
 * Losses and gradients on a GPU against PyTorch's, as on the CPU. Runs where LLARA_TEST_DEVICE names a backend; Mesa's software device
 * will do: `GGML_VK_VISIBLE_DEVICES=0 LLARA_TEST_DEVICE=vulkan npx vitest run tests/native/training-gpu.test.ts` (minutes, for it
 * compiles its shaders on the CPU; a second run finds them in Mesa's cache).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { variantOf } from '../../src-main/llara/choose-variant.ts';
import { deviceSupport } from '../../src-main/llara/training/device-support.ts';
import { TrainingModel } from '../../src-main/llara/training/training-model.ts';
import { TrainingStep } from '../../src-main/llara/training/training-step.ts';
import { Backend } from '../../src-main/native/backend.ts';
import { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import {
  decodeFloats,
  generate,
  goldenExamples,
  goldenPrompt,
  openGoldenFile,
  readGolden,
  relativeError,
} from './training/golden-model.ts';

const wanted = process.env.LLARA_TEST_DEVICE ?? '';
const variant = variantOf(wanted);
if (variant === null) console.warn('Skipping training on a GPU: LLARA_TEST_DEVICE names no backend.');

describe.skipIf(variant === null)(`training on ${wanted}`, () => {
  const golden = readGolden();
  let runtime: NativeRuntime;
  let backend: Backend;

  beforeAll(async () => {
    runtime = await NativeRuntime.create({ variant: variant ?? undefined });
    const device = runtime.findDevice(wanted);
    if (!device) throw new Error(`No device ${wanted}.`);
    backend = await Backend.create(runtime, { device });
  });
  afterAll(() => backend.dispose());

  it.each([
    ['f32', 5e-3, 1e-3],
    ['q8_0', 1e-2, 1e-2],
  ] as const)(
    'gives PyTorch’s gradients, base weights in %s',
    { timeout: 1_800_000 },
    async (type, gradientTolerance, lossTolerance) => {
      expect(backend.device.kind).not.toBe('cpu');
      const { support, missing } = deviceSupport(backend);
      expect(missing).toEqual([]);
      const file = await openGoldenFile(runtime, golden, type);
      const { rank, alpha } = golden.config;
      const model = await TrainingModel.create([backend], file, { rank, alpha, seed: 1, withHead: true });
      file.dispose();
      model.parameters.values.forEach((values, index) => {
        values.set(generate(model.parameters.names[index] as string, values.length, 0.1));
      });
      model.parameters.upload();
      const step = new TrainingStep(model, {
        prompt: goldenPrompt(golden),
        objective: { ...golden.weights, temperature: golden.temperature },
        microBatchTokens: 2048,
        support,
      });
      const startedAt = performance.now();
      const { losses } = await step.run(goldenExamples(golden));
      for (const [name, value] of Object.entries(golden[type].losses)) {
        expect(Math.abs((losses[name] ?? Number.NaN) - value) / value, name).toBeLessThan(lossTolerance);
      }
      const gradients = model.parameters.readGradients();
      const errors = model.parameters.names.map((name, index) =>
        relativeError(gradients[index] as Float32Array, decodeFloats(golden[type].gradients[name] as string)),
      );
      expect(errors.length).toBe(28);
      const worst = Math.max(...errors);
      console.info(
        `${backend.device.description}, ${type}, ${JSON.stringify(support)}: worst gradient off by ${worst.toExponential(2)}, step of ${Math.round(performance.now() - startedAt)} ms`,
      );
      expect(worst).toBeLessThan(gradientTolerance);
      step.dispose();
      model.dispose();
    },
  );
});
