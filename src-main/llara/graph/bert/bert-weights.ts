/** The frozen weights of an encoder of BERT architecture in one backend's memory, in the types the file holds. */
import { AppError } from '../../../common/app-error.ts';
import type { Backend } from '../../../native/ggml/backend.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';
import type { LayerNorm } from '../blocks.ts';
import { isLayerMatrix, type LoadWeightsOptions, StoredTensors } from '../stored-tensors.ts';
import { type BertConfig, readBertConfig } from './bert-config.ts';
import type { BertLayer, BertModel, RankingHead } from './bert-model.ts';

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
  readonly head: RankingHead | null;
  readonly #tensors: StoredTensors;

  private constructor(config: BertConfig, tensors: StoredTensors) {
    this.config = config;
    this.#tensors = tensors;
    this.tokenEmbedding = tensors.require('token_embd.weight');
    this.positionEmbedding = tensors.require('position_embd.weight');
    this.typeEmbedding = tensors.find('token_types.weight');
    this.embeddingNorm = normOf(tensors, 'token_embd_norm');
    this.layers = Array.from({ length: config.layerCount }, (_, index) => layerOf(tensors, index));
    this.head = headOf(tensors);
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

/** A file that is no reranker and holds such tensors has no graph here, see `readBertConfig`. */
function headOf(tensors: StoredTensors): RankingHead | null {
  const linear = (name: string) => {
    const weight = tensors.find(`${name}.weight`);
    return weight && { name: `${name}.weight`, weight, bias: tensors.find(`${name}.bias`) };
  };
  const outer = linear('cls.output');
  return outer && { inner: linear('cls'), outer };
}

function normOf(tensors: StoredTensors, name: string): LayerNorm {
  return { factor: tensors.require(`${name}.weight`), offset: tensors.require(`${name}.bias`) };
}
