/**
 * Losses and gradients on a GPU against PyTorch's, as on the CPU. A software device compiles its shaders on the CPU, which takes most of the time: so
 * both types of weights are computed in one process, and share what they can. Nothing is freed before both are done: see test-device.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deviceSupport } from '../../src-main/llara/training/device-support.ts';
import { TrainingStep } from '../../src-main/llara/training/loop/training-step.ts';
import { TrainingModel } from '../../src-main/llara/training/state/training-model.ts';
import { Backend } from '../../src-main/native/ggml/backend.ts';
import { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import {
  decodeFloats,
  generate,
  goldenExamples,
  goldenPrompt,
  openGoldenFile,
  readGolden,
  relativeError,
} from '../native/training/golden-model.ts';
import { skipReason, testDevice, testVariant } from './test-device.ts';

describe.skipIf(skipReason())(`training on ${testDevice}`, () => {
  const golden = readGolden();
  const held: { dispose(): void }[] = [];
  let runtime: NativeRuntime;
  let backend: Backend;

  beforeAll(async () => {
    runtime = await NativeRuntime.create({ variant: testVariant });
    const device = runtime.findDevice(testDevice);
    if (!device) throw new Error(`No device ${testDevice}.`);
    backend = await Backend.create(runtime, { device });
    held.push(backend);
  });
  afterAll(() => {
    for (const resource of held.reverse()) resource.dispose();
  });

  it.each([
    ['f32', 1e-3, 5e-3],
    ['q8_0', 1e-2, 1e-2],
  ] as const)(
    'gives PyTorch’s gradients, base weights in %s',
    async (type, lossTolerance, gradientTolerance) => {
      expect(backend.device.kind).not.toBe('cpu');
      const { support, missing } = deviceSupport(backend);
      expect(missing).toEqual([]);
      const file = await openGoldenFile(runtime, golden, type);
      const { rank, alpha } = golden.config;
      const model = await TrainingModel.create([backend], file, { rank, alpha, seed: 1, withHead: true });
      held.push(model);
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
      held.push(step);
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
    },
  );
});
