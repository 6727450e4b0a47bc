/** A frozen model with everything training needs beside its forward pass: transposed weights, the output head, LoRA pairs. */
import type { Backend } from '../../native/backend.ts';
import type { GgufFile } from '../../native/gguf-file.ts';
import type { Tensor } from '../../native/tensor.ts';
import { type Linear, LlamaWeights } from '../llama-weights.ts';
import { AdapterParameters, type AdapterShape } from './adapter-parameters.ts';
import type { TrainableLinear } from './backward-ops.ts';
import { TransposedWeights } from './transposed-weights.ts';

export type TrainingModelOptions = AdapterShape & { seed: number; withHead: boolean };

const headName = 'head';

export class TrainingModel {
  /** Backends that compute micro-batches side by side; the first one made the buffers. */
  readonly lanes: readonly Backend[];
  readonly weights: LlamaWeights;
  readonly parameters: AdapterParameters;
  readonly #transposed: TransposedWeights;

  private constructor(
    lanes: readonly Backend[],
    weights: LlamaWeights,
    parameters: AdapterParameters,
    transposed: TransposedWeights,
  ) {
    this.lanes = lanes;
    this.weights = weights;
    this.parameters = parameters;
    this.#transposed = transposed;
  }

  static async create(
    lanes: readonly Backend[],
    gguf: GgufFile,
    options: TrainingModelOptions,
  ): Promise<TrainingModel> {
    const backend = lanes[0] as Backend;
    const weights = await LlamaWeights.create(backend, gguf, { withHead: options.withHead });
    const linears = linearsOf(weights);
    const matrices = new Map<string, Tensor>(linears.map(({ name, weight }) => [name, weight]));
    if (weights.head) matrices.set(headName, weights.head);
    const transposed = await TransposedWeights.create(backend, matrices);
    const parameters = new AdapterParameters(backend, linears, options, {
      seed: options.seed,
      laneCount: lanes.length,
    });
    return new TrainingModel(lanes, weights, parameters, transposed);
  }

  get backend(): Backend {
    return this.lanes[0] as Backend;
  }

  trainable(linear: Linear, lane: number): TrainableLinear {
    return { transposed: this.#transposed.get(linear.name), pair: this.parameters.pair(linear.name, lane) };
  }

  /** [vocabulary, E]; only where the model was made with its head. */
  get headTransposed(): Tensor {
    return this.#transposed.get(headName);
  }

  /** Weights, their transposes, LoRA pairs and gradients, without activations. */
  get byteLength(): number {
    return this.weights.byteLength + this.#transposed.byteLength + this.parameters.byteLength;
  }

  /** Only after the last computation has ended. */
  dispose(): void {
    this.parameters.dispose();
    this.#transposed.dispose();
    this.weights.dispose();
  }
}

/** The seven linear maps of each layer: q k v o gate up down. */
export function linearsOf(weights: LlamaWeights): Linear[] {
  return weights.layers.flatMap(({ q, k, v, o, gate, up, down }) => [q, k, v, o, gate, up, down]);
}
