/**
 * The frozen weights of a model of llama, Qwen2 or Qwen3 architecture in one backend buffer, in whatever type the file holds. The output head is
 * left on disk unless asked for: an encoder has no use for it, the EBAE and EBAR losses have.
 */
import { AppError } from '../../../common/app-error.ts';
import type { Backend } from '../../../native/ggml/backend.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';
import { checkShapes, checkSizes, type ExpectedShape, linearShapes } from '../check-shapes.ts';
import { isLayerMatrix, type LoadWeightsOptions, StoredTensors } from '../stored-tensors.ts';
import { type LlamaConfig, readLlamaConfig } from './llama-config.ts';
import type { LlamaLayer, LlamaModel } from './llama-model.ts';

export type LoadLlamaOptions = LoadWeightsOptions & { withHead?: boolean };

export class LlamaWeights implements LlamaModel {
  readonly config: LlamaConfig;
  /** [E, vocabulary] */
  readonly tokenEmbedding: Tensor;
  readonly layers: readonly LlamaLayer[];
  /** [E] */
  readonly outputNorm: Tensor;
  /** [E, vocabulary]: the file's own head, else the token embedding (tied); null where it was not asked for. */
  readonly head: Tensor | null;
  /** [d/2] frequency divisors (llama 3), or null. */
  readonly ropeFactors: Tensor | null;
  readonly #tensors: StoredTensors;

  private constructor(config: LlamaConfig, tensors: StoredTensors, withHead: boolean) {
    this.config = config;
    this.#tensors = tensors;
    this.tokenEmbedding = tensors.require('token_embd.weight');
    this.outputNorm = tensors.require('output_norm.weight');
    this.ropeFactors = tensors.find('rope_freqs.weight');
    this.head = withHead ? (tensors.find('output.weight') ?? this.tokenEmbedding) : null;
    this.layers = Array.from({ length: config.layerCount }, (_, index) => layerOf(tensors, config, index));
  }

  /** Reads the weights; throws `model-invalid` on missing tensors, `not-supported` for variants the graph lacks. */
  static async create(
    backend: Backend,
    gguf: GgufFile,
    options: LoadLlamaOptions = {},
  ): Promise<LlamaWeights> {
    const result = readLlamaConfig(gguf);
    if (!result.ok) throw new AppError('not-supported', `${gguf.path}: no own graph for ${result.reason}.`);
    const withHead = options.withHead ?? false;
    const tensors = await StoredTensors.create(backend, gguf, {
      isWanted: (name) => withHead || name !== 'output.weight',
      isRearranged: (name) => options.forProductsOnly === true && isLayerMatrix(name),
      signal: options.signal,
    });
    try {
      const weights = new LlamaWeights(result.config, tensors, withHead);
      checkSizes(gguf.path, result.config, [result.config.rope]);
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

function layerOf(
  tensors: StoredTensors,
  { hasHeadNorms, rmsEpsilon: epsilon }: LlamaConfig,
  index: number,
): LlamaLayer {
  const up = tensors.linear(index, 'ffn_up');
  return {
    attentionNorm: tensors.require(`blk.${index}.attn_norm.weight`),
    q: tensors.linear(index, 'attn_q'),
    k: tensors.linear(index, 'attn_k'),
    v: tensors.linear(index, 'attn_v'),
    o: tensors.linear(index, 'attn_output'),
    headNorms: hasHeadNorms
      ? {
          queries: tensors.require(`blk.${index}.attn_q_norm.weight`),
          keys: tensors.require(`blk.${index}.attn_k_norm.weight`),
          epsilon,
        }
      : null,
    feedForwardNorm: tensors.require(`blk.${index}.ffn_norm.weight`),
    gate: tensors.linear(index, 'ffn_gate'),
    up,
    isUpConstant: up.bias !== null && tensors.isZero(up.name),
    down: tensors.linear(index, 'ffn_down'),
  };
}

function expectedShapes(model: LlamaModel): ExpectedShape[] {
  const { config, tokenEmbedding, outputNorm, head, ropeFactors, layers } = model;
  const { width, headSize, vocabularySize, rope } = config;
  return [
    { tensor: tokenEmbedding, rows: width, columns: vocabularySize },
    { tensor: outputNorm, rows: width },
    { tensor: head, rows: width, columns: vocabularySize },
    { tensor: ropeFactors, rows: rope.dimensions / 2 },
    ...layers.flatMap((layer) => [
      { tensor: layer.attentionNorm, rows: width },
      { tensor: layer.feedForwardNorm, rows: width },
      { tensor: layer.headNorms?.queries ?? null, rows: headSize },
      { tensor: layer.headNorms?.keys ?? null, rows: headSize },
      ...linearShapes(layer, config),
    ]),
  ];
}
