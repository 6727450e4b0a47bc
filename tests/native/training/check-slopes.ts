/**
 * Compares the gradient of every LoRA number of a small model with central differences of a reference in 64 bits, which each architecture
 * writes in a file of its own. What is differentiated is the sum of random factors times each text's unit vector.
 */
import { expect } from 'vitest';
import { StoredTensors } from '../../../src-main/llara/graph/stored-tensors.ts';
import { type Pooling, selectedPositions } from '../../../src-main/llara/prompt/pooling.ts';
import { type BackwardSupport, fullSupport } from '../../../src-main/llara/training/graph/backward-ops.ts';
import { poolBranch, poolBranchBackward } from '../../../src-main/llara/training/graph/branches.ts';
import { TrainingGraph } from '../../../src-main/llara/training/graph/training-graph.ts';
import {
  TrainingModel,
  type WeightPrecision,
} from '../../../src-main/llara/training/state/training-model.ts';
import type { Backend } from '../../../src-main/native/ggml/backend.ts';
import { GgmlContext } from '../../../src-main/native/ggml/ggml-context.ts';
import { GraphExecutor } from '../../../src-main/native/ggml/graph-executor.ts';
import type { Tensor } from '../../../src-main/native/ggml/tensor.ts';
import { TensorOps } from '../../../src-main/native/ggml/tensor-ops.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { generate, openBackend, relativeError } from './golden-model.ts';

export type SlopeCase = {
  name: string;
  pooling?: Pooling;
  precision?: WeightPrecision;
  support?: BackwardSupport;
  bound: number;
  /** Every how many numbers of a pair are compared; 7 where absent, which meets all rows and columns. */
  every?: number;
};

/** By GGUF name: matrices row by row as [output][input], embeddings alike; quantised ones in the numbers that they stand for. */
export type ReferenceTensors = ReadonlyMap<string, Float64Array>;

/** `<weight>.lora_a` [rank][input] and `<weight>.lora_b` [output][rank], to be scaled by `loraScale`. */
export type ReferencePairs = ReadonlyMap<string, Float64Array>;

export type Reference = {
  /** Hidden states of the last layer, one row a token. */
  hidden: (pairs: ReferencePairs, tokens: ArrayLike<number>) => Float64Array[];
  /** What follows pooling. */
  finish?: (pooled: Float64Array) => Float64Array;
};

const rank = 2;
const alpha = 4;
export const loraScale = alpha / rank;

export class SlopeChecker {
  readonly runtime: NativeRuntime;
  readonly #backend: Backend;
  readonly #executor: GraphExecutor;

  private constructor(runtime: NativeRuntime, backend: Backend) {
    this.runtime = runtime;
    this.#backend = backend;
    this.#executor = GraphExecutor.create(backend);
  }

  static async create(): Promise<SlopeChecker> {
    const { runtime, backend } = await openBackend();
    return new SlopeChecker(runtime, backend);
  }

  /** Fails where the worst relative error over the tensors is above the case's bound. */
  async check(
    path: string,
    texts: readonly number[][],
    { name, bound, pooling = { kind: 'mean' }, precision, support = fullSupport, every = 7 }: SlopeCase,
    referenceOf: (gguf: GgufFile, tensors: ReferenceTensors) => Reference,
  ): Promise<void> {
    const gguf = await GgufFile.create(this.runtime, path);
    const options = { rank, alpha, seed: 1, withHead: false, precision };
    const model = await TrainingModel.create([this.#backend], gguf, options);
    const { names, values } = model.parameters;
    values.forEach((array, index) => {
      array.set(generate(names[index] as string, array.length, 0.2));
    });
    model.parameters.upload();
    const { linears, shape } = model.network;
    expect(names.length).toBe(2 * linears.length);
    const factors = texts.map((_, text) => generate(`incoming ${text}`, shape.width, 1));
    const own = await this.#ownGradients(model, texts, pooling, support, factors);
    const reference = referenceOf(gguf, await this.#readTensors(gguf));
    const slopes = slopesOf(names, values, every, (pairs) =>
      texts.reduce((sum, text, at) => {
        const pooled = mean(reference.hidden(pairs, text), selectedPositions(text.length, pooling));
        return sum + dot(unit(reference.finish?.(pooled) ?? pooled), factors[at]!);
      }, 0),
    );
    const worst = names
      .map((tensor, index) => {
        const compared = own[index]!.filter((_, at) => at % every === 0);
        return { tensor, error: relativeError(compared, slopes[index]!) };
      })
      .reduce((x, y) => (y.error > x.error ? y : x));
    console.info(`${name}: worst ${worst.tensor}, relative error ${worst.error.toExponential(2)}`);
    expect(worst.error, worst.tensor).toBeLessThan(bound);
    model.dispose();
    gguf.dispose();
  }

  async dispose(): Promise<void> {
    this.#executor.dispose();
    await this.#backend.dispose();
  }

  async #ownGradients(
    model: TrainingModel,
    texts: readonly number[][],
    pooling: Pooling,
    support: BackwardSupport,
    factors: readonly Float32Array[],
  ): Promise<Float32Array[]> {
    const sequences = texts.map((text) => ({
      tokens: Int32Array.from(text),
      selected: selectedPositions(text.length, pooling),
    }));
    const options = { lane: 0, withLogits: false, support };
    const graph = new TrainingGraph(model, this.#executor, sequences, options);
    const { hidden } = await graph.forward();
    const incoming = new Float32Array(hidden.length);
    graph.hiddenRows.forEach((rows, text) => {
      const pooled = poolBranch(hidden, model.network.shape.width, rows);
      poolBranchBackward(incoming, pooled, factors[text]!, rows);
    });
    await graph.backward(incoming, null);
    graph.dispose();
    return model.parameters.readGradients();
  }

  async #readTensors(gguf: GgufFile): Promise<ReferenceTensors> {
    const stored = await StoredTensors.create(this.#backend, gguf);
    const tensors = new Map<string, Float64Array>();
    for (const { name } of gguf.tensors()) {
      tensors.set(name, Float64Array.from(await this.#readPlain(stored.require(name))));
    }
    stored.dispose();
    return tensors;
  }

  async #readPlain(tensor: Tensor): Promise<Float32Array> {
    if (tensor.type === 'f32') return tensor.readFloats();
    const context = GgmlContext.create(this.runtime, { maxTensors: 8, maxNodes: 8 });
    const rows = context.newTensor('i32', tensor.shape[1]).markInput();
    const plain = new TensorOps(context).getRows(tensor, rows).markOutput();
    const graph = context.newGraph(8);
    graph.expand(plain);
    this.#executor.allocate(graph);
    rows.write(Int32Array.from({ length: tensor.shape[1] }, (_, row) => row));
    await this.#executor.compute(graph);
    const values = plain.readFloats();
    context.dispose();
    return values;
  }
}

/** Central differences by every number of every pair, or by one in `every`. */
function slopesOf(
  names: readonly string[],
  values: readonly Float32Array[],
  every: number,
  loss: (pairs: ReferencePairs) => number,
): Float32Array[] {
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
