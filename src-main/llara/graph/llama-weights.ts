/**
 * The frozen weights of a llama-architecture model in one backend buffer, in whatever type the file holds. The output head is
 * left on disk unless asked for: an encoder has no use for it, the EBAE and EBAR losses have.
 */
import { open } from 'node:fs/promises';
import { AppError } from '../../common/app-error.ts';
import type { Backend } from '../../native/ggml/backend.ts';
import type { BackendBuffer } from '../../native/ggml/backend-buffer.ts';
import { GgmlContext } from '../../native/ggml/ggml-context.ts';
import type { Tensor } from '../../native/ggml/tensor.ts';
import type { GgufFile, GgufTensorInfo } from '../../native/gguf/gguf-file.ts';
import { checkLlamaShapes } from './check-llama-shapes.ts';
import { type LlamaConfig, readLlamaConfig } from './llama-config.ts';
import type { Linear, LlamaLayer, LlamaModel } from './llama-model.ts';

export type LoadWeightsOptions = { withHead?: boolean; signal?: AbortSignal };

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
  readonly #context: GgmlContext;
  readonly #buffer: BackendBuffer;

  private constructor(
    config: LlamaConfig,
    context: GgmlContext,
    buffer: BackendBuffer,
    tensors: TensorsByName,
    zeros: ReadonlySet<string>,
    withHead: boolean,
  ) {
    this.config = config;
    this.#context = context;
    this.#buffer = buffer;
    this.tokenEmbedding = tensors.require('token_embd.weight');
    this.outputNorm = tensors.require('output_norm.weight');
    this.ropeFactors = tensors.find('rope_freqs.weight');
    this.head = withHead ? (tensors.find('output.weight') ?? this.tokenEmbedding) : null;
    this.layers = Array.from({ length: config.layerCount }, (_, index) => layerOf(tensors, zeros, index));
  }

  /** Reads the weights; throws `model-invalid` on missing tensors, `not-supported` for variants the graph lacks. */
  static async create(
    backend: Backend,
    gguf: GgufFile,
    options: LoadWeightsOptions = {},
  ): Promise<LlamaWeights> {
    const result = readLlamaConfig(gguf);
    if (!result.ok) throw new AppError('not-supported', `${gguf.path}: no own graph for ${result.reason}.`);
    const withHead = options.withHead ?? false;
    const infos = gguf.tensors().filter(({ name }) => withHead || name !== 'output.weight');
    const context = GgmlContext.create(backend.runtime, { maxTensors: infos.length });
    let buffer: BackendBuffer | null = null;
    try {
      const tensors = new TensorsByName(
        gguf.path,
        infos.map((info) => declare(context, info)),
      );
      buffer = backend.allocateContext(context)!.markWeights();
      const zeros = await load(gguf, infos, tensors, options.signal);
      const weights = new LlamaWeights(result.config, context, buffer, tensors, zeros, withHead);
      checkLlamaShapes(weights, gguf.path);
      return weights;
    } catch (error) {
      buffer?.dispose();
      context.dispose();
      throw error;
    }
  }

  get byteLength(): number {
    return this.#buffer.byteLength;
  }

  dispose(): void {
    this.#buffer.dispose();
    this.#context.dispose();
  }
}

/** Tensors of one file by their GGUF names. */
class TensorsByName {
  readonly #path: string;
  readonly #tensors: ReadonlyMap<string, Tensor>;

  constructor(path: string, tensors: readonly Tensor[]) {
    this.#path = path;
    this.#tensors = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  }

  find(name: string): Tensor | null {
    return this.#tensors.get(name) ?? null;
  }

  require(name: string): Tensor {
    const tensor = this.find(name);
    if (tensor === null) throw new AppError('model-invalid', `${this.#path} has no tensor ${name}.`);
    return tensor;
  }

  linear(layer: number, part: string): Linear {
    const name = `blk.${layer}.${part}`;
    return {
      name: `${name}.weight`,
      weight: this.require(`${name}.weight`),
      bias: this.find(`${name}.bias`),
    };
  }
}

function layerOf(tensors: TensorsByName, zeros: ReadonlySet<string>, index: number): LlamaLayer {
  const up = tensors.linear(index, 'ffn_up');
  return {
    attentionNorm: tensors.require(`blk.${index}.attn_norm.weight`),
    q: tensors.linear(index, 'attn_q'),
    k: tensors.linear(index, 'attn_k'),
    v: tensors.linear(index, 'attn_v'),
    o: tensors.linear(index, 'attn_output'),
    feedForwardNorm: tensors.require(`blk.${index}.ffn_norm.weight`),
    gate: tensors.linear(index, 'ffn_gate'),
    up,
    isUpConstant: up.bias !== null && zeros.has(up.name),
    down: tensors.linear(index, 'ffn_down'),
  };
}

function declare(context: GgmlContext, info: GgufTensorInfo): Tensor {
  const rank = info.shape.findLastIndex((extent) => extent > 1) + 1;
  return context.newTensor(info.type, ...info.shape.slice(0, Math.max(1, rank))).named(info.name);
}

/** Returns the names of tensors that are all zero. */
async function load(
  gguf: GgufFile,
  infos: readonly GgufTensorInfo[],
  tensors: TensorsByName,
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const zeros = new Set<string>();
  const file = await open(gguf.path, 'r');
  try {
    for (const info of infos) {
      signal?.throwIfAborted();
      const { isZero } = await gguf.loadInto(info, tensors.require(info.name), file);
      if (isZero) zeros.add(info.name);
    }
    return zeros;
  } finally {
    await file.close();
  }
}
