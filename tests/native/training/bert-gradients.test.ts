/** The gradient of every LoRA number of a small BERT against differences of a reference in 64 bits. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BertWeights } from '../../../src-main/llara/graph/bert/bert-weights.ts';
import { type Pooling, selectedPositions } from '../../../src-main/llara/prompt/pooling.ts';
import { type BackwardSupport, fullSupport } from '../../../src-main/llara/training/graph/backward-ops.ts';
import { poolBranch, poolBranchBackward } from '../../../src-main/llara/training/graph/branches.ts';
import { TrainingGraph } from '../../../src-main/llara/training/graph/training-graph.ts';
import {
  TrainingModel,
  type WeightPrecision,
} from '../../../src-main/llara/training/state/training-model.ts';
import type { GgmlTypeName } from '../../../src-main/native/abi/ggml-h.ts';
import type { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GgmlContext } from '../../../src-main/native/ggml/ggml-context.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import type { Tensor } from '../../../src-main/native/ggml/tensor.ts';
import { TensorOps } from '../../../src-main/native/ggml/tensor-ops.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { makeTinyBert, type TinyBertOptions } from '../models/make-tiny-bert.ts';
import { type ReferenceModel, referenceBert } from './bert-reference.ts';
import { generate, openBackend, relativeError } from './golden-model.ts';

const scratch = scratchFolder();
const shape = { layerCount: 2, width: 32, headCount: 2, feedForward: 64 };
const rank = 2;
const alpha = 4;
/** Of unequal length, so that padding has to be hidden. */
const texts = [
  [2, 9, 30, 9, 44, 71, 3],
  [2, 17, 60, 3],
];

let runtime: NativeRuntime;
let backend: Backend;
let executor: GraphExecutor;

beforeAll(async () => {
  ({ runtime, backend } = await openBackend());
  executor = GraphExecutor.create(backend);
});
afterAll(async () => {
  executor.dispose();
  await backend.dispose();
});

type Case = {
  name: string;
  options?: TinyBertOptions;
  pooling?: Pooling;
  precision?: WeightPrecision;
  support?: BackwardSupport;
  bound: number;
  /** Every how many numbers of a pair are compared; 7 where absent, which meets all rows and columns. */
  every?: number;
};

const cases: Case[] = [
  { name: 'f32', bound: 1e-5, every: 1 },
  { name: 'f32, forward operations only', support: { native: false, outerProducts: false }, bound: 1e-5 },
  {
    name: 'f32, neither biases nor token types',
    options: { hasBiases: false, hasTypes: false },
    bound: 1e-5,
  },
  { name: 'f32, one layer', options: { layerCount: 1 }, bound: 1e-5 },
  { name: 'f32, pooled by CLS', pooling: { kind: 'cls' }, bound: 1e-5 },
  { name: 'f32, pooled by the last token', pooling: { kind: 'last', count: 1 }, bound: 1e-5 },
  { name: 'q8_0, half-precision copies', options: { type: 'q8_0' }, bound: 1e-2 },
  { name: 'q8_0, as stored', options: { type: 'q8_0' }, precision: 'stored', bound: 5e-2 },
  { name: 'q4_0, half-precision copies', options: { type: 'q4_0' }, bound: 1e-2 },
  { name: 'q4_0, as stored', options: { type: 'q4_0' }, precision: 'stored', bound: 5e-2 },
];

describe('the gradients of BERT’s pairs', () => {
  it.each(cases)('are the slopes of the reference: $name', async ({ name, bound, every = 7, ...given }) => {
    const { pooling = { kind: 'mean' }, precision, support = fullSupport } = given;
    const path = join(scratch, `${name.replace(/\W+/g, '-')}.gguf`);
    await makeTinyBert(runtime, path, { ...shape, ...given.options });
    const gguf = await GgufFile.create(runtime, path);
    const model = await TrainingModel.create([backend], gguf, {
      rank,
      alpha,
      seed: 1,
      withHead: false,
      precision,
    });
    const { names, values } = model.parameters;
    values.forEach((array, index) => {
      array.set(generate(names[index] as string, array.length, 0.2));
    });
    model.parameters.upload();
    const factors = texts.map((_, text) => generate(`incoming ${text}`, shape.width, 1));
    const own = await ownGradients(model, pooling, support, factors);
    const reference = await readReference(gguf, given.options?.layerCount ?? shape.layerCount);
    const slopes = referenceSlopes(reference, names, values, every, (pairs) =>
      texts.reduce((sum, text, at) => {
        const hidden = referenceBert(reference, pairs, text);
        return sum + dot(unit(mean(hidden, selectedPositions(text.length, pooling))), factors[at]!);
      }, 0),
    );
    expect(names.length).toBe(12 * reference.layerCount);
    const worst = names
      .map((tensor, index) => {
        const compared = own[index]!.filter((_, at) => at % every === 0);
        return { tensor, error: relativeError(compared, slopes[index]!) };
      })
      .reduce((x, y) => (y.error > x.error ? y : x));
    console.info(`BERT, ${name}: worst ${worst.tensor}, relative error ${worst.error.toExponential(2)}`);
    expect(worst.error, worst.tensor).toBeLessThan(bound);
    model.dispose();
    gguf.dispose();
  });
});

/** Of Σ factors · unit(pooled) over the texts. */
async function ownGradients(
  model: TrainingModel,
  pooling: Pooling,
  support: BackwardSupport,
  factors: readonly Float32Array[],
): Promise<Float32Array[]> {
  const sequences = texts.map((text) => ({
    tokens: Int32Array.from(text),
    selected: selectedPositions(text.length, pooling),
  }));
  const graph = new TrainingGraph(model, executor, sequences, { lane: 0, withLogits: false, support });
  const { hidden } = await graph.forward();
  const incoming = new Float32Array(hidden.length);
  graph.hiddenRows.forEach((rows, text) => {
    const pooled = poolBranch(hidden, shape.width, rows);
    poolBranchBackward(incoming, pooled, factors[text]!, rows);
  });
  await graph.backward(incoming, null);
  graph.dispose();
  return model.parameters.readGradients();
}

/** Central differences by every number of every pair, or by one in `every`. */
function referenceSlopes(
  { scale }: ReferenceModel,
  names: readonly string[],
  values: readonly Float32Array[],
  every: number,
  loss: (pairs: ReadonlyMap<string, Float64Array>) => number,
): Float32Array[] {
  expect(scale).toBe(alpha / rank);
  const pairs = new Map(names.map((name, index) => [name, Float64Array.from(values[index]!)]));
  const width = 1e-5;
  return names.map((name) => {
    const array = pairs.get(name)!;
    return Float32Array.from({ length: Math.ceil(array.length / every) }, (_, index) => {
      const kept = array[index * every]!;
      const lossAt = (value: number) => {
        array[index * every] = value;
        return loss(pairs);
      };
      const slope = (lossAt(kept + width) - lossAt(kept - width)) / (2 * width);
      array[index * every] = kept;
      return slope;
    });
  });
}

/** Tensors as the file holds them: quantised ones in the numbers that they stand for. */
async function readReference(gguf: GgufFile, layerCount: number): Promise<ReferenceModel> {
  const weights = await BertWeights.create(backend, gguf);
  const tensors = new Map<string, Float64Array>();
  const add = async (name: string, tensor: Tensor | null) => {
    if (tensor) tensors.set(name, Float64Array.from(await readPlain(tensor)));
  };
  await add('token_embd.weight', weights.tokenEmbedding);
  await add('position_embd.weight', weights.positionEmbedding);
  await add('token_types.weight', weights.typeEmbedding);
  const norms = { token_embd_norm: weights.embeddingNorm };
  for (const [index, layer] of weights.layers.entries()) {
    Object.assign(norms, {
      [`blk.${index}.attn_output_norm`]: layer.attentionNorm,
      [`blk.${index}.layer_output_norm`]: layer.outputNorm,
    });
    for (const { name, weight, bias } of [layer.q, layer.k, layer.v, layer.o, layer.up, layer.down]) {
      await add(name, weight);
      await add(name.replace('.weight', '.bias'), bias);
    }
  }
  for (const [name, { factor, offset }] of Object.entries(norms)) {
    await add(`${name}.weight`, factor);
    await add(`${name}.bias`, offset);
  }
  weights.dispose();
  return { ...shape, layerCount, epsilon: 1e-12, scale: alpha / rank, tensors };
}

async function readPlain(tensor: Tensor): Promise<Float32Array> {
  if (tensor.type === ('f32' satisfies GgmlTypeName)) return tensor.readFloats();
  const context = GgmlContext.create(runtime, { maxTensors: 8, maxNodes: 8 });
  const rows = context.newTensor('i32', tensor.shape[1]).markInput();
  const plain = new TensorOps(context).getRows(tensor, rows).markOutput();
  const graph = context.newGraph(8);
  graph.expand(plain);
  executor.allocate(graph);
  rows.write(Int32Array.from({ length: tensor.shape[1] }, (_, row) => row));
  await executor.compute(graph);
  const values = plain.readFloats();
  context.dispose();
  return values;
}

function mean(rows: readonly Float64Array[], positions: Int32Array): Float64Array {
  return Float64Array.from(
    rows[0]!,
    (_, at) => positions.reduce((sum, row) => sum + rows[row]![at]!, 0) / positions.length,
  );
}

const unit = (x: Float64Array) => {
  const length = Math.hypot(...x);
  return x.map((value) => value / length);
};

const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
  Array.from(x).reduce((sum, value, at) => sum + value * y[at]!, 0);
