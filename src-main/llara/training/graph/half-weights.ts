/** Half-precision copies of a model's quantised matrices, for gradients without the rounding of 8-bit activations. */
import type { Backend } from '../../../native/ggml/backend.ts';
import type { BackendBuffer } from '../../../native/ggml/backend-buffer.ts';
import { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { convertWeight } from './convert-weight.ts';

/** Types whose products keep activations at half precision or better. */
export const exactTypes: ReadonlySet<string> = new Set(['f32', 'f16', 'bf16']);

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

  static async create(backend: Backend, weights: readonly Tensor[]): Promise<HalfWeights> {
    const context = GgmlContext.create(backend.runtime, { maxTensors: weights.length + 1 });
    const copies = new Map(
      weights
        .filter(({ type }) => !exactTypes.has(type))
        .map((weight) => [
          weight,
          context.newTensor('f16', weight.shape[0], weight.shape[1]).named(weight.name),
        ]),
    );
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
