/** Losses and the gradient of every LoRA tensor against PyTorch, ggml's autograd and finite differences. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packBatch } from '../../../src-main/llara/encode/batches/batch-packing.ts';
import { declareInputs, writeInputs } from '../../../src-main/llara/encode/batches/graph-batch.ts';
import { buildLlama } from '../../../src-main/llara/graph/llama/llama-graph.ts';
import { type BackwardSupport, fullSupport } from '../../../src-main/llara/training/graph/backward-ops.ts';
import { buildBranchSequence } from '../../../src-main/llara/training/graph/branches.ts';
import { TrainingGraph } from '../../../src-main/llara/training/graph/training-graph.ts';
import { TrainingStep } from '../../../src-main/llara/training/loop/training-step.ts';
import { LlamaNetwork } from '../../../src-main/llara/training/networks/llama-network.ts';
import {
  TrainingModel,
  type WeightPrecision,
} from '../../../src-main/llara/training/state/training-model.ts';
import type { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GgmlContext } from '../../../src-main/native/ggml/ggml-context.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import { TensorOps } from '../../../src-main/native/ggml/tensor-ops.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import {
  biasesAndRopeFactors,
  decodeFloats,
  type Golden,
  generate,
  goldenExamples,
  goldenPrompt,
  openBackend,
  readGolden,
  relativeError,
  writeGoldenModel,
} from './golden-model.ts';

/** What the model has beside matrices and norms: nothing; biases and factors of RoPE; the same, and one ffn_up that is all zero. */
type Variant = 'plain' | 'biases and rope factors' | 'constant up';
const zeroed = 'blk.0.ffn_up.weight';

const golden = readGolden();
let runtime: NativeRuntime;
let backend: Backend;

beforeAll(async () => {
  ({ runtime, backend } = await openBackend());
});
afterAll(() => backend.dispose());

async function goldenModel(
  type: 'f32' | 'q8_0',
  precision?: WeightPrecision,
  variant: Variant = 'plain',
): Promise<TrainingModel> {
  const path = await writeGoldenModel(
    runtime,
    golden,
    type,
    (name, values) => (variant === 'constant up' && name === zeroed ? values.fill(0) : values),
    variant === 'plain' ? {} : biasesAndRopeFactors(golden),
  );
  const file = await GgufFile.create(runtime, path);
  const { rank, alpha } = golden.config;
  const model = await TrainingModel.create([backend], file, {
    rank,
    alpha,
    seed: 1,
    withHead: true,
    precision,
  });
  file.dispose();
  model.parameters.values.forEach((values, index) => {
    values.set(generate(model.parameters.names[index] as string, values.length, 0.1));
  });
  model.parameters.upload();
  return model;
}

function goldenStep(
  model: TrainingModel,
  options: { support?: BackwardSupport; microBatchTokens?: number } = {},
) {
  return new TrainingStep(model, {
    prompt: goldenPrompt(golden),
    objective: { ...golden.weights, temperature: golden.temperature },
    microBatchTokens: options.microBatchTokens ?? 2048,
    support: options.support,
  });
}

/** As stored, products with quantised weights round activations to 8 bits, in the encoder as in training: hence the wider bound. */
describe.each([
  ['f32', undefined, 1e-3, 1e-4],
  ['q8_0', undefined, 1e-2, 1e-3],
  ['q8_0', 'stored', 5e-2, 1e-2],
] as const)(
  'against PyTorch, base weights in %s, precision: %s',
  (type, precision, gradientTolerance, lossTolerance) => {
    it.each([
      ['with ggml’s *_back operations', { support: { native: true, outerProducts: false } }],
      ['with forward operations only', { support: { native: false, outerProducts: false } }],
      ['with outer products', { support: fullSupport }],
      ['in micro-batches of one text', { microBatchTokens: 1 }],
    ])('%s', async (_, options) => {
      const model = await goldenModel(type, precision);
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
      console.info(
        `${type}, ${precision ?? 'as by default'}: worst gradient ${worst.name}, relative error ${worst.error.toExponential(2)}`,
      );
      expect(worst.error, worst.name).toBeLessThan(gradientTolerance);
      step.dispose();
      model.dispose();
    });
  },
);

describe.each([
  ['f32', undefined, 'plain', 1e-4],
  ['f32', undefined, 'biases and rope factors', 1e-4],
  ['f32', undefined, 'constant up', 1e-4],
  ['q8_0', undefined, 'plain', 1e-2],
  ['q8_0', undefined, 'constant up', 1e-2],
  ['q8_0', 'stored', 'plain', 3e-2],
] as const)(
  'against ggml’s autograd, base weights in %s, precision: %s, %s',
  (type, precision, variant, tolerance) => {
    it('gives the gradient of every LoRA tensor', async () => {
      const model = await goldenModel(type, precision, variant);
      const { network, parameters } = model;
      if (!(network instanceof LlamaNetwork)) throw new Error('not a llama');
      const { weights } = network;
      expect(parameters.names.length).toBe(variant === 'constant up' ? 26 : 28);
      // One sequence: autograd has no grouped-query attention over a batch of them.
      const text = golden.texts[1] as number[];
      const sequences = [buildBranchSequence(text, goldenPrompt(golden), 'both')];
      const batch = packBatch(sequences);
      const count = weights.config.width * batch.positionsPerSequence * batch.sequenceCount;
      const incoming = generate('incoming gradient', count, 1);

      const executor = GraphExecutor.create(backend);
      const own = new TrainingGraph(model, executor, sequences, {
        lane: 0,
        withLogits: false,
        support: fullSupport,
      });
      await own.forward();
      await own.backward(incoming, null);
      own.dispose();
      const ownGradients = parameters.readGradients();

      const context = GgmlContext.create(runtime, { maxTensors: 8000, maxNodes: 8000, gradients: true });
      for (const { a, b } of parameters.lora.values()) {
        for (const tensor of [a, b]) runtime.functions.ggml_set_param(tensor.pointer);
      }
      const ops = new TensorOps(context);
      const inputs = declareInputs(context, batch, 'softmax', true);
      const { hidden } = buildLlama(ops, weights, inputs, { lora: parameters.lora, attention: 'softmax' });
      const factor = context.newTensor('f32', hidden.shape[0], hidden.shape[1]).markInput();
      const loss = ops.sum(ops.mul(hidden, factor));
      runtime.functions.ggml_set_loss(loss.pointer);
      const graph = context.newGraph(4000, true);
      graph.expand(loss);
      graph.expandBackward();
      for (const { a, b } of parameters.lora.values()) {
        for (const tensor of [a, b]) graph.gradient(tensor)?.markOutput();
      }
      executor.allocate(graph);
      graph.reset();
      writeInputs(context, inputs, batch);
      factor.write(incoming);
      await executor.compute(graph);
      const tensors = [...parameters.lora.values()].flatMap(({ a, b }) => [a, b]);
      const worst = tensors
        .map((tensor, index) => ({
          name: tensor.name,
          error: relativeError(
            ownGradients[index] as Float32Array,
            graph.gradient(tensor)?.readFloats() as Float32Array,
          ),
        }))
        .reduce((x, y) => (y.error > x.error ? y : x));
      console.info(
        `${type}, ${precision ?? 'as by default'}, ${variant}, autograd: worst ${worst.name}, relative error ${worst.error.toExponential(2)}`,
      );
      expect(worst.error, worst.name).toBeLessThan(tolerance);
      executor.dispose();
      context.dispose();
      model.dispose();
    });
  },
);

describe('against finite differences', () => {
  it.each<Variant>(['plain', 'constant up'])(
    'gives the slope of the whole objective, %s',
    async (variant) => {
      const model = await goldenModel('f32', undefined, variant);
      // The anchor is measured at another point than its reference, the frozen model, so every term has a slope.
      const step = goldenStep(model);
      const examples = goldenExamples(golden);
      await step.run(examples);
      const gradients = model.parameters.readGradients();
      const lossAt = async (tensor: number, at: number, value: number) => {
        const values = model.parameters.values[tensor] as Float32Array;
        const kept = values[at] as number;
        values[at] = value;
        model.parameters.upload();
        const { loss } = await step.run(examples);
        values[at] = kept;
        model.parameters.upload();
        return loss;
      };
      for (const [tensor, gradient] of gradients.entries()) {
        const at = gradient.reduce(
          (best, value, index) => (Math.abs(value) > Math.abs(gradient[best]!) ? index : best),
          0,
        );
        const value = model.parameters.values[tensor]?.[at] as number;
        const width = 2e-3;
        const slope =
          ((await lossAt(tensor, at, value + width)) - (await lossAt(tensor, at, value - width))) /
          (2 * width);
        const name = model.parameters.names[tensor];
        expect(Math.abs(slope - gradient[at]!) / Math.abs(gradient[at]!), name).toBeLessThan(3e-2);
      }
      step.dispose();
      model.dispose();
    },
  );
});
