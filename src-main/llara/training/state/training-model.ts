/** A frozen model with everything training needs beside its forward pass: transposed weights, the output head, LoRA pairs. */
import type { Backend } from '../../../native/ggml/backend.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';
import type { Linear } from '../../graph/blocks.ts';
import type { TrainableLinear } from '../graph/backward-ops.ts';
import { HalfWeights } from '../graph/half-weights.ts';
import { TransposedWeights } from '../graph/transposed-weights.ts';
import { stepScale } from '../graph/weight-scale.ts';
import { type OpenedNetwork, openNetwork } from '../networks/open-network.ts';
import type { TrainedNetwork } from '../networks/trained-network.ts';
import { AdapterParameters, type AdapterShape } from './adapter-parameters.ts';

export type WeightPrecision = 'half' | 'stored';

export type TrainingModelOptions = AdapterShape & {
  seed: number;
  withHead: boolean;
  /**
   * `half` (the default) computes with half-precision copies of quantised matrices: gradients within 1 % of exact ones. `stored` takes
   * them as they are, or in Q8_0 where that is faster: less memory and on a CPU less time, but ggml then rounds activations to 8 bits, which costs
   * gradients a few percent.
   */
  precision?: WeightPrecision;
};

const headName = 'head';

export class TrainingModel {
  /** Backends that compute micro-batches side by side; the first one made the buffers. */
  readonly lanes: readonly Backend[];
  readonly network: TrainedNetwork;
  /** `general.architecture` of its file. */
  readonly architecture: string;
  readonly parameters: AdapterParameters;
  readonly #transposed: TransposedWeights;
  readonly #stored: OpenedNetwork['stored'];
  readonly #copies: HalfWeights;

  private constructor(
    lanes: readonly Backend[],
    opened: OpenedNetwork,
    copies: HalfWeights,
    parameters: AdapterParameters,
    transposed: TransposedWeights,
  ) {
    this.lanes = lanes;
    this.network = opened.network;
    this.architecture = opened.architecture;
    this.#stored = opened.stored;
    this.#copies = copies;
    this.parameters = parameters;
    this.#transposed = transposed;
  }

  static async create(
    lanes: readonly Backend[],
    gguf: GgufFile,
    options: TrainingModelOptions,
  ): Promise<TrainingModel> {
    const backend = lanes[0] as Backend;
    const opened = await openNetwork(backend, gguf, options);
    const matrices = matricesOf(opened.network);
    const copies = await HalfWeights.create(backend, matrices, options.precision ?? 'half');
    const network = opened.network.withWeights((weight) => copies.of(weight));
    const { linears, frozen, head } = network;
    const byName = new Map<string, Tensor>([...linears, ...frozen].map(({ name, weight }) => [name, weight]));
    if (head) byName.set(headName, head);
    const transposed = await TransposedWeights.create(backend, byName);
    const stepScales = new Map<string, number>();
    for (const { name, weight } of linears) stepScales.set(name, await stepScale(backend, weight));
    const parameters = new AdapterParameters(backend, linears, options, {
      seed: options.seed,
      laneCount: lanes.length,
      stepScales,
    });
    return new TrainingModel(lanes, { ...opened, network }, copies, parameters, transposed);
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
    const copies = this.#transposed.byteLength + this.#copies.byteLength;
    return this.#stored.byteLength + copies + this.parameters.byteLength;
  }

  /** Only after the last computation has ended. */
  dispose(): void {
    this.parameters.dispose();
    this.#transposed.dispose();
    this.#copies.dispose();
    this.#stored.dispose();
  }
}

function matricesOf({ linears, frozen, head }: TrainedNetwork): Tensor[] {
  const weights = [...linears, ...frozen].map(({ weight }) => weight);
  return head ? [...weights, head] : weights;
}
