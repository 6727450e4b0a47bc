/**
 * The numbers that training moves: LoRA pairs of the chosen weights, with their gradients on the device and a mirror in plain
 * arrays, which the optimiser and the checkpoint work on.
 */
import { seededRandom } from '../../common/seeded-random.ts';
import type { Backend } from '../../native/backend.ts';
import type { BackendBuffer } from '../../native/backend-buffer.ts';
import { GgmlContext } from '../../native/ggml-context.ts';
import type { Tensor } from '../../native/tensor.ts';
import type { LoraPair, LoraPairs } from '../llama-graph.ts';
import type { Linear } from '../llama-weights.ts';
import type { TrainablePair } from './backward-ops.ts';

export type AdapterShape = { rank: number; alpha: number };

export class AdapterParameters {
  readonly shape: AdapterShape;
  /** `<weight>.lora_a` and `<weight>.lora_b` in a fixed order, which all arrays below follow. */
  readonly names: readonly string[];
  /** Extents in ggml's order: a [in, rank], b [rank, out]. */
  readonly extents: readonly (readonly [number, number])[];
  readonly values: readonly Float32Array[];
  readonly #pairs: ReadonlyMap<string, TrainablePair>;
  readonly #tensors: readonly Tensor[];
  readonly #gradients: readonly Tensor[];
  readonly #contexts: readonly GgmlContext[];
  readonly #buffers: readonly BackendBuffer[];

  /** A starts uniform in ±√(3 / in) and B at zero, so that the adapted model starts as the frozen one. */
  constructor(backend: Backend, linears: readonly Linear[], shape: AdapterShape, seed: number) {
    const contexts = [0, 1].map(() =>
      GgmlContext.create(backend.runtime, { maxTensors: 2 * linears.length }),
    );
    const [values, gradients] = contexts as [GgmlContext, GgmlContext];
    const pairs = new Map<string, TrainablePair>();
    for (const { name, weight } of linears) {
      const [input, output] = weight.shape;
      pairs.set(name, {
        a: values.newTensor('f32', input, shape.rank).named(`${name}.lora_a`),
        b: values.newTensor('f32', shape.rank, output).named(`${name}.lora_b`),
        aGradient: gradients.newTensor('f32', input, shape.rank),
        bGradient: gradients.newTensor('f32', shape.rank, output),
        scale: shape.alpha / shape.rank,
      });
    }
    this.shape = shape;
    this.#pairs = pairs;
    this.#contexts = contexts;
    this.#buffers = contexts.flatMap((context) => backend.allocateContext(context) ?? []);
    this.#tensors = [...pairs.values()].flatMap(({ a, b }) => [a, b]);
    this.#gradients = [...pairs.values()].flatMap(({ aGradient, bGradient }) => [aGradient, bGradient]);
    this.names = this.#tensors.map((tensor) => tensor.name);
    this.extents = this.#tensors.map((tensor) => [tensor.shape[0], tensor.shape[1]] as const);
    this.values = this.#tensors.map((tensor, index) =>
      initialValues(this.names[index] as string, tensor, seed),
    );
    this.upload();
    this.clearGradients();
  }

  /** The pairs as the forward graph takes them. */
  get lora(): LoraPairs {
    return this.#pairs as ReadonlyMap<string, LoraPair>;
  }

  pair(weightName: string): TrainablePair | null {
    return this.#pairs.get(weightName) ?? null;
  }

  /** Copies `values` to the device. */
  upload(): void {
    this.#tensors.forEach((tensor, index) => {
      tensor.write(this.values[index] as Float32Array);
    });
  }

  readGradients(): Float32Array[] {
    return this.#gradients.map((tensor) => tensor.readFloats());
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

function initialValues(name: string, tensor: Tensor, seed: number): Float32Array {
  const values = new Float32Array(tensor.elementCount);
  if (name.endsWith('.lora_b')) return values;
  const random = seededRandom(`${seed} ${name}`);
  const bound = Math.sqrt(3 / tensor.shape[0]);
  return values.map(() => (random.next() * 2 - 1) * bound);
}
