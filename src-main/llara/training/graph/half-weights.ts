/**
 * Copies of a model's quantised matrices in a type that trains better: in half precision, for gradients without the rounding of 8-bit activations, or in
 * Q8_0 where only those are copied that the device multiplies more slowly: a CPU took 2.3 times as long for Q4_1.
 */
import type { GgmlTypeName } from '../../../native/abi/ggml-h.ts';
import type { Backend } from '../../../native/ggml/backend.ts';
import type { BackendBuffer } from '../../../native/ggml/backend-buffer.ts';
import { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { Linear } from '../../graph/blocks.ts';
import type { LlamaLayer, LlamaModel } from '../../graph/llama-model.ts';
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
  readonly model: LlamaModel;
  readonly #context: GgmlContext;
  readonly #buffer: BackendBuffer | null;

  private constructor(model: LlamaModel, context: GgmlContext, buffer: BackendBuffer | null) {
    this.model = model;
    this.#context = context;
    this.#buffer = buffer;
  }

  static async create(
    backend: Backend,
    stored: LlamaModel,
    precision: 'half' | 'stored',
  ): Promise<HalfWeights> {
    const context = GgmlContext.create(backend.runtime, { maxTensors: 7 * stored.layers.length + 1 });
    const copies: [from: Tensor, to: Tensor][] = [];
    const copied = (weight: Tensor) => {
      const type = copiedType(weight.type, weight.shape[0], precision);
      if (type === null) return weight;
      const copy = context.newTensor(type, weight.shape[0], weight.shape[1]).named(weight.name);
      copies.push([weight, copy]);
      return copy;
    };
    const linear = (part: Linear): Linear => ({ ...part, weight: copied(part.weight) });
    const layers = stored.layers.map(
      (layer): LlamaLayer => ({
        ...layer,
        q: linear(layer.q),
        k: linear(layer.k),
        v: linear(layer.v),
        o: linear(layer.o),
        gate: linear(layer.gate),
        up: layer.isUpConstant ? layer.up : linear(layer.up),
        down: linear(layer.down),
      }),
    );
    const { config, tokenEmbedding, outputNorm, ropeFactors } = stored;
    const head = stored.head ? copied(stored.head) : null;
    const buffer = backend.allocateContext(context)?.markWeights() ?? null;
    for (const [from, to] of copies) await convertWeight(backend, from, to, false);
    return new HalfWeights(
      { config, tokenEmbedding, outputNorm, ropeFactors, layers, head },
      context,
      buffer,
    );
  }

  get byteLength(): number {
    return this.#buffer?.byteLength ?? 0;
  }

  dispose(): void {
    this.#buffer?.dispose();
    this.#context.dispose();
  }
}
