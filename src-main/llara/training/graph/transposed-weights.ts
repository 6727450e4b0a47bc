/**
 * Wᵀ of every linear map, which a backward by matrix products needs: ggml cannot multiply by the transpose of a quantised
 * matrix. Made once at load, on the device, in a type as small as the original's; its size is part of a plan's memory.
 */
import type { GgmlTypeName } from '../../../native/abi/ggml-h.ts';
import type { Backend } from '../../../native/ggml/backend.ts';
import type { BackendBuffer } from '../../../native/ggml/backend-buffer.ts';
import { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { convertWeight } from './convert-weight.ts';

const quantisedBlock = 32;

export class TransposedWeights {
  readonly #context: GgmlContext;
  readonly #buffer: BackendBuffer | null;
  readonly #byName: ReadonlyMap<string, Tensor>;

  private constructor(
    context: GgmlContext,
    buffer: BackendBuffer | null,
    byName: ReadonlyMap<string, Tensor>,
  ) {
    this.#context = context;
    this.#buffer = buffer;
    this.#byName = byName;
  }

  static async create(backend: Backend, weights: ReadonlyMap<string, Tensor>): Promise<TransposedWeights> {
    const context = GgmlContext.create(backend.runtime, { maxTensors: weights.size + 1 });
    const byName = new Map<string, Tensor>();
    for (const [name, weight] of weights) {
      const [columns, rows] = weight.shape;
      byName.set(
        name,
        context.newTensor(transposedType(weight.type, rows), rows, columns).named(`${name}.transposed`),
      );
    }
    const buffer = backend.allocateContext(context)?.markWeights() ?? null;
    for (const [name, weight] of weights) {
      await convertWeight(backend, weight, byName.get(name) as Tensor, true);
    }
    return new TransposedWeights(context, buffer, byName);
  }

  get(name: string): Tensor {
    return this.#byName.get(name) as Tensor;
  }

  get byteLength(): number {
    return this.#buffer?.byteLength ?? 0;
  }

  dispose(): void {
    this.#buffer?.dispose();
    this.#context.dispose();
  }
}

/** Types with less than half precision become Q8_0, whose error is far below theirs; rows that do not fill its blocks, F16. */
export function transposedType(type: GgmlTypeName, rows: number): GgmlTypeName {
  if (type === 'f32' || type === 'f16' || type === 'bf16') return type;
  return rows % quantisedBlock === 0 ? 'q8_0' : 'f16';
}
