/**
 * The trained parameters: LoRA pairs of the chosen weights, with gradients on the device and a copy in plain
 * arrays, which the optimiser and the checkpoint work on.
 */
import { seededRandom } from '../../../common/seeded-random.ts';
import type { Backend } from '../../../native/ggml/backend.ts';
import type { BackendBuffer } from '../../../native/ggml/backend-buffer.ts';
import { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { Linear, LoraPair, LoraPairs } from '../../graph/blocks.ts';
import type { TrainablePair } from '../graph/backward-ops.ts';

export type AdapterShape = { rank: number; alpha: number };

export class AdapterParameters {
  readonly shape: AdapterShape;
  /** `<weight>.lora_a` and `<weight>.lora_b` in a fixed order, which all arrays below follow. */
  readonly names: readonly string[];
  /** Extents in ggml's order: a [in, rank], b [rank, out]. */
  readonly extents: readonly (readonly [number, number])[];
  readonly values: readonly Float32Array[];
  /** What the learning rate of each tensor is multiplied by: B follows the size of its weight, A starts from a size of its own. */
  readonly stepScales: readonly number[];
  /** By lane: lanes share a and b, and each adds to gradients of its own, so that they never wait for each other. */
  readonly #pairs: readonly ReadonlyMap<string, TrainablePair>[];
  readonly #tensors: readonly Tensor[];
  readonly #gradients: readonly (readonly Tensor[])[];
  readonly #contexts: readonly GgmlContext[];
  readonly #buffers: readonly BackendBuffer[];

  /** A starts uniform in ±√(3 / in) and B at zero, so that the adapted model starts as the frozen one. */
  constructor(
    backend: Backend,
    linears: readonly Linear[],
    shape: AdapterShape,
    options: { seed: number; laneCount: number; stepScales: ReadonlyMap<string, number> },
  ) {
    const { seed, laneCount } = options;
    const values = GgmlContext.create(backend.runtime, { maxTensors: 2 * linears.length });
    const gradients = GgmlContext.create(backend.runtime, { maxTensors: 2 * linears.length * laneCount });
    const weights = linears.map(({ name, weight }) => ({
      name,
      a: values.newTensor('f32', weight.shape[0], shape.rank).named(`${name}.lora_a`),
      b: values.newTensor('f32', shape.rank, weight.shape[1]).named(`${name}.lora_b`),
      scale: shape.alpha / shape.rank,
    }));
    this.#pairs = Array.from(
      { length: laneCount },
      () =>
        new Map(
          weights.map(({ name, a, b, scale }) => [
            name,
            {
              a,
              b,
              scale,
              aGradient: gradients.newTensor('f32', a.shape[0], a.shape[1]),
              bGradient: gradients.newTensor('f32', b.shape[1], b.shape[0]),
            },
          ]),
        ),
    );
    this.shape = shape;
    this.#contexts = [values, gradients];
    this.#buffers = this.#contexts.flatMap((context) => backend.allocateContext(context) ?? []);
    this.#tensors = weights.flatMap(({ a, b }) => [a, b]);
    this.#gradients = this.#pairs.map((lane) =>
      [...lane.values()].flatMap(({ aGradient, bGradient }) => [aGradient, bGradient]),
    );
    this.names = this.#tensors.map((tensor) => tensor.name);
    this.extents = this.#tensors.map((tensor) => [tensor.shape[0], tensor.shape[1]] as const);
    this.values = this.#tensors.map((tensor, index) =>
      initialValues(this.names[index] as string, tensor, seed),
    );
    this.stepScales = weights.flatMap(({ name }) => [1, options.stepScales.get(name) ?? 1]);
    this.upload();
    this.clearGradients();
  }

  /** The pairs as the forward graph takes them. */
  get lora(): LoraPairs {
    return this.#pairs[0] as ReadonlyMap<string, LoraPair>;
  }

  pair(weightName: string, lane: number): TrainablePair | null {
    return this.#pairs[lane]?.get(weightName) ?? null;
  }

  /** Copies `values` to the device, or others of the same shapes to try them out. */
  upload(values: readonly Float32Array[] = this.values): void {
    this.#tensors.forEach((tensor, index) => {
      tensor.write(values[index] as Float32Array);
    });
  }

  /** Summed over lanes; those of B are held transposed. */
  readGradients(): Float32Array[] {
    const [first, ...others] = this.#gradients.map((lane) =>
      lane.map((tensor, index) => {
        const values = tensor.readFloats();
        return index % 2 === 0 ? values : transposed(values, tensor.shape[0]);
      }),
    );
    const totals = first as Float32Array[];
    for (const lane of others) {
      lane.forEach((values, index) => {
        const total = totals[index] as Float32Array;
        for (let i = 0; i < total.length; i++) total[i]! += values[i]!;
      });
    }
    return totals;
  }

  clearGradients(): void {
    this.#buffers[1]?.fill(0);
  }

  get byteLength(): number {
    return this.#buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
  }

  dispose(): void {
    for (const buffer of this.#buffers) buffer.dispose();
    for (const context of this.#contexts) context.dispose();
  }
}

/** Rows of `width` values → columns. */
function transposed(values: Float32Array, width: number): Float32Array {
  const height = values.length / width;
  const result = new Float32Array(values.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      result[column * height + row] = values[row * width + column]!;
    }
  }
  return result;
}

function initialValues(name: string, tensor: Tensor, seed: number): Float32Array {
  const values = new Float32Array(tensor.elementCount);
  if (name.endsWith('.lora_b')) return values;
  const random = seededRandom(`${seed} ${name}`);
  const bound = Math.sqrt(3 / tensor.shape[0]);
  return values.map(() => (random.next() * 2 - 1) * bound);
}
