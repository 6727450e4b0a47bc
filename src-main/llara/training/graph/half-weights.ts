/** Half-precision copies of a model's quantised matrices, for gradients without the rounding of 8-bit activations. */
import type { Backend } from '../../../native/ggml/backend.ts';
import type { BackendBuffer } from '../../../native/ggml/backend-buffer.ts';
import { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { Linear } from '../../graph/blocks.ts';
import type { LlamaLayer, LlamaModel } from '../../graph/llama-model.ts';
import { convertWeight } from './convert-weight.ts';

/** Types whose products keep activations at half precision or better. */
export const exactTypes: ReadonlySet<string> = new Set(['f32', 'f16', 'bf16']);

export class HalfWeights {
  readonly model: LlamaModel;
  readonly #context: GgmlContext;
  readonly #buffer: BackendBuffer | null;

  private constructor(model: LlamaModel, context: GgmlContext, buffer: BackendBuffer | null) {
    this.model = model;
    this.#context = context;
    this.#buffer = buffer;
  }

  static async create(backend: Backend, stored: LlamaModel): Promise<HalfWeights> {
    const context = GgmlContext.create(backend.runtime, { maxTensors: 7 * stored.layers.length + 1 });
    const copies: [from: Tensor, to: Tensor][] = [];
    const halve = (weight: Tensor) => {
      if (exactTypes.has(weight.type)) return weight;
      const copy = context.newTensor('f16', weight.shape[0], weight.shape[1]).named(weight.name);
      copies.push([weight, copy]);
      return copy;
    };
    const linear = (part: Linear): Linear => ({ ...part, weight: halve(part.weight) });
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
    const head = stored.head ? halve(stored.head) : null;
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
