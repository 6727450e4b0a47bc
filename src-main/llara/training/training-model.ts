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
  readonly backend: Backend;
  readonly weights: LlamaWeights;
  readonly parameters: AdapterParameters;
  readonly #transposed: TransposedWeights;

  private constructor(
    backend: Backend,
    weights: LlamaWeights,
    parameters: AdapterParameters,
    transposed: TransposedWeights,
  ) {
    this.backend = backend;
    this.weights = weights;
    this.parameters = parameters;
    this.#transposed = transposed;
  }

  static async create(
    backend: Backend,
    gguf: GgufFile,
    options: TrainingModelOptions,
  ): Promise<TrainingModel> {
    const weights = await LlamaWeights.create(backend, gguf, { withHead: options.withHead });
    const linears = linearsOf(weights);
    const matrices = new Map<string, Tensor>(linears.map(({ name, weight }) => [name, weight]));
    if (weights.head) matrices.set(headName, weights.head);
    const transposed = await TransposedWeights.create(backend, matrices);
    const parameters = new AdapterParameters(backend, linears, options, options.seed);
    return new TrainingModel(backend, weights, parameters, transposed);
  }

  trainable = (linear: Linear): TrainableLinear => ({
    transposed: this.#transposed.get(linear.name),
    pair: this.parameters.pair(linear.name),
  });

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
