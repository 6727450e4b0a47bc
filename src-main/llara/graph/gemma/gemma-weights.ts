/** The frozen weights of a model of Gemma 3 architecture in one backend's memory, in the types the file holds; its output head is not read. */
import { AppError } from '../../../common/app-error.ts';
import type { Backend } from '../../../native/ggml/backend.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';
import { checkShapes, checkSizes, type ExpectedShape, linearShapes } from '../check-shapes.ts';
import { isLayerMatrix, type LoadWeightsOptions, StoredTensors } from '../stored-tensors.ts';
import { type GemmaConfig, readGemmaConfig } from './gemma-config.ts';
import type { GemmaLayer, GemmaModel } from './gemma-model.ts';

export class GemmaWeights implements GemmaModel {
  readonly config: GemmaConfig;
  /** [E, vocabulary] */
  readonly tokenEmbedding: Tensor;
  readonly layers: readonly GemmaLayer[];
  /** [E] */
  readonly outputNorm: Tensor;
  /** [E, D], [D, E], or empty. */
  readonly dense: readonly Tensor[];
  readonly #tensors: StoredTensors;

  private constructor(config: GemmaConfig, tensors: StoredTensors) {
    this.config = config;
    this.#tensors = tensors;
    this.tokenEmbedding = tensors.require('token_embd.weight');
    this.outputNorm = tensors.require('output_norm.weight');
    this.dense =
      config.denseWidth === null
        ? []
        : ['dense_2.weight', 'dense_3.weight'].map((name) => tensors.require(name));
    this.layers = config.isLocal.map((isLocal, index) => ({
      isLocal,
      ...layerOf(tensors, config.rmsEpsilon, index),
    }));
  }

  /** Throws `not-supported` for variants the graph lacks, `model-invalid` on missing or misshapen tensors. */
  static async create(
    backend: Backend,
    gguf: GgufFile,
    options: LoadWeightsOptions = {},
  ): Promise<GemmaWeights> {
    const result = readGemmaConfig(gguf);
    if (!result.ok) throw new AppError('not-supported', `${gguf.path}: no own graph for ${result.reason}.`);
    const tensors = await StoredTensors.create(backend, gguf, {
      isWanted: (name) => name !== 'output.weight',
      isRearranged: (name) => options.forProductsOnly === true && isLayerMatrix(name),
      signal: options.signal,
    });
    try {
      const weights = new GemmaWeights(result.config, tensors);
      checkSizes(gguf.path, result.config, Object.values(result.config.rope));
      checkShapes(gguf.path, expectedShapes(weights));
      return weights;
    } catch (error) {
      tensors.dispose();
      throw error;
    }
  }

  get byteLength(): number {
    return this.#tensors.byteLength;
  }

  dispose(): void {
    this.#tensors.dispose();
  }
}

function layerOf(tensors: StoredTensors, epsilon: number, index: number): Omit<GemmaLayer, 'isLocal'> {
  const norm = (part: string) => tensors.require(`blk.${index}.${part}.weight`);
  return {
    attentionNorm: norm('attn_norm'),
    q: tensors.linear(index, 'attn_q'),
    k: tensors.linear(index, 'attn_k'),
    v: tensors.linear(index, 'attn_v'),
    o: tensors.linear(index, 'attn_output'),
    headNorms: { queries: norm('attn_q_norm'), keys: norm('attn_k_norm'), epsilon },
    attentionPostNorm: norm('post_attention_norm'),
    feedForwardNorm: norm('ffn_norm'),
    gate: tensors.linear(index, 'ffn_gate'),
    up: tensors.linear(index, 'ffn_up'),
    down: tensors.linear(index, 'ffn_down'),
    feedForwardPostNorm: norm('post_ffw_norm'),
  };
}

function expectedShapes({ config, tokenEmbedding, outputNorm, layers, dense }: GemmaModel): ExpectedShape[] {
  const { width, headSize, vocabularySize, denseWidth } = config;
  const [first = null, second = null] = dense;
  return [
    { tensor: tokenEmbedding, rows: width, columns: vocabularySize },
    { tensor: outputNorm, rows: width },
    { tensor: first, rows: width, columns: denseWidth ?? 0 },
    { tensor: second, rows: denseWidth ?? 0, columns: width },
    ...layers.flatMap((layer) => [
      { tensor: layer.attentionNorm, rows: width },
      { tensor: layer.headNorms.queries, rows: headSize },
      { tensor: layer.headNorms.keys, rows: headSize },
      { tensor: layer.attentionPostNorm, rows: width },
      { tensor: layer.feedForwardNorm, rows: width },
      { tensor: layer.feedForwardPostNorm, rows: width },
      ...linearShapes(layer, config),
    ]),
  ];
}
