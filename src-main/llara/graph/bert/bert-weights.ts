/** The frozen weights of an encoder of BERT architecture in one backend's memory, in the types the file holds. */
import { AppError } from '../../../common/app-error.ts';
import type { Backend } from '../../../native/ggml/backend.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';
import type { LayerNorm } from '../blocks.ts';
import { isLayerMatrix, type LoadWeightsOptions, StoredTensors } from '../stored-tensors.ts';
import { type BertConfig, readBertConfig } from './bert-config.ts';
import type { BertLayer, BertModel } from './bert-model.ts';

export class BertWeights implements BertModel {
  readonly config: BertConfig;
  /** [E, vocabulary] */
  readonly tokenEmbedding: Tensor;
  /** [E, positions] */
  readonly positionEmbedding: Tensor;
  /** [E, types], f32; null where the model knows no types. */
  readonly typeEmbedding: Tensor | null;
  readonly embeddingNorm: LayerNorm;
  readonly layers: readonly BertLayer[];
  readonly #tensors: StoredTensors;

  private constructor(config: BertConfig, tensors: StoredTensors) {
    this.config = config;
    this.#tensors = tensors;
    this.tokenEmbedding = tensors.require('token_embd.weight');
    this.positionEmbedding = tensors.require('position_embd.weight');
    this.typeEmbedding = tensors.find('token_types.weight');
    this.embeddingNorm = normOf(tensors, 'token_embd_norm');
    this.layers = Array.from({ length: config.layerCount }, (_, index) => layerOf(tensors, index));
  }

  /** Throws `not-supported` for variants the graph lacks. */
  static async create(
    backend: Backend,
    gguf: GgufFile,
    options: LoadWeightsOptions = {},
  ): Promise<BertWeights> {
    const result = readBertConfig(gguf);
    if (!result.ok) throw new AppError('not-supported', `${gguf.path}: no own graph for ${result.reason}.`);
    const tensors = await StoredTensors.create(backend, gguf, {
      isRearranged: (name) => options.forProductsOnly === true && isLayerMatrix(name),
      signal: options.signal,
    });
    return new BertWeights(result.config, tensors);
  }

  get byteLength(): number {
    return this.#tensors.byteLength;
  }

  dispose(): void {
    this.#tensors.dispose();
  }
}

function layerOf(tensors: StoredTensors, index: number): BertLayer {
  return {
    q: tensors.linear(index, 'attn_q'),
    k: tensors.linear(index, 'attn_k'),
    v: tensors.linear(index, 'attn_v'),
    o: tensors.linear(index, 'attn_output'),
    attentionNorm: normOf(tensors, `blk.${index}.attn_output_norm`),
    up: tensors.linear(index, 'ffn_up'),
    down: tensors.linear(index, 'ffn_down'),
    outputNorm: normOf(tensors, `blk.${index}.layer_output_norm`),
  };
}

function normOf(tensors: StoredTensors, name: string): LayerNorm {
  return { factor: tensors.require(`${name}.weight`), offset: tensors.require(`${name}.bias`) };
}
