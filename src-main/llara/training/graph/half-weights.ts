/**
 * Copies of a model's quantised matrices in a type that trains better: in half precision, for gradients without the rounding of 8-bit activations, or in
 * Q8_0 where only those are copied that the device multiplies more slowly: a CPU took 2.3 times as long for Q4_1.
 */
import type { GgmlTypeName } from '../../../native/abi/ggml-h.ts';
import type { Backend } from '../../../native/ggml/backend.ts';
import type { BackendBuffer } from '../../../native/ggml/backend-buffer.ts';
import { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { convertWeight } from './convert-weight.ts';

/** Types whose products keep activations at half precision or better. */
const exactTypes: ReadonlySet<string> = new Set(['f32', 'f16', 'bf16']);
const quantisedBlock = 32;

/** What a quantised matrix is copied to for training; null where it serves as it is. Rows that do not fill Q8_0's blocks stay, too. */
export function copiedType(
  type: GgmlTypeName,
  columns: number,
  precision: 'half' | 'stored',
): GgmlTypeName | null {
  if (exactTypes.has(type)) return null;
  if (precision === 'half') return 'f16';
  return type === 'q8_0' || columns % quantisedBlock !== 0 ? null : 'q8_0';
}

export class HalfWeights {
  readonly #copies: ReadonlyMap<Tensor, Tensor>;
  readonly #context: GgmlContext;
  readonly #buffer: BackendBuffer | null;

  private constructor(
    copies: ReadonlyMap<Tensor, Tensor>,
    context: GgmlContext,
    buffer: BackendBuffer | null,
  ) {
    this.#copies = copies;
    this.#context = context;
    this.#buffer = buffer;
  }

  static async create(
    backend: Backend,
    weights: readonly Tensor[],
    precision: 'half' | 'stored',
  ): Promise<HalfWeights> {
    const context = GgmlContext.create(backend.runtime, { maxTensors: weights.length + 1 });
    const copies = new Map<Tensor, Tensor>();
    for (const weight of weights) {
      const [columns, rows] = weight.shape;
      const type = copiedType(weight.type, columns, precision);
      if (type) copies.set(weight, context.newTensor(type, columns, rows).named(weight.name));
    }
    const buffer = backend.allocateContext(context)?.markWeights() ?? null;
    for (const [weight, copy] of copies) await convertWeight(backend, weight, copy, false);
    return new HalfWeights(copies, context, buffer);
  }

  /** The weight itself where there is no copy of it. */
  of(weight: Tensor): Tensor {
    return this.#copies.get(weight) ?? weight;
  }

  get byteLength(): number {
    return this.#buffer?.byteLength ?? 0;
  }

  dispose(): void {
    this.#buffer?.dispose();
    this.#context.dispose();
  }
}
