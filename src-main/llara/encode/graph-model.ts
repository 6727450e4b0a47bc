/** A model that one of our own graphs computes, whatever its architecture: what the graph engine needs of it. */
import type { Backend } from '../../native/ggml/backend.ts';
import type { GraphExecutor } from '../../native/ggml/graph-executor.ts';
import type { GgufFile } from '../../native/gguf/gguf-file.ts';
import { isBert, readBertConfig } from '../graph/bert/bert-config.ts';
import { BertWeights } from '../graph/bert/bert-weights.ts';
import type { LoraPairs } from '../graph/blocks.ts';
import { isGemma, readGemmaConfig } from '../graph/gemma/gemma-config.ts';
import { GemmaWeights } from '../graph/gemma/gemma-weights.ts';
import { readLlamaConfig } from '../graph/llama/llama-config.ts';
import { LlamaWeights } from '../graph/llama/llama-weights.ts';
import { packBatch, type TokenSequence } from './batches/batch-packing.ts';
import { embedBert, maxBertNodes } from './batches/bert-batch.ts';
import { embedGemma, maxGemmaNodes } from './batches/gemma-batch.ts';
import { bySequence } from './batches/graph-batch.ts';
import { computePooled, maxNodesOf } from './batches/llama-batch.ts';

export type GraphModel = {
  readonly dimension: number;
  readonly vocabularySize: number;
  /** Upper bound of nodes of one graph. */
  readonly maxNodes: number;
  /** With the products that a LoRA adapter may alter. */
  readonly layers: readonly object[];
  embed(
    executor: GraphExecutor,
    sequences: readonly TokenSequence[],
    options: { lora?: LoraPairs; signal?: AbortSignal },
  ): Promise<Float32Array[][]>;
  dispose(): void;
};

type Verdict = { ok: true } | { ok: false; reason: string };

/** Whether one of our own graphs computes the file exactly, else why not. */
export function ownGraphVerdict(gguf: GgufFile): Verdict {
  if (isBert(gguf)) return readBertConfig(gguf);
  return isGemma(gguf) ? readGemmaConfig(gguf) : readLlamaConfig(gguf);
}

/** Throws `not-supported` where `ownGraphVerdict` says no. */
export async function loadGraphModel(
  backend: Backend,
  gguf: GgufFile,
  signal?: AbortSignal,
): Promise<GraphModel> {
  const options = { forProductsOnly: true, signal };
  if (isBert(gguf)) {
    const weights = await BertWeights.create(backend, gguf, options);
    return modelOf(weights, maxBertNodes(weights), embedBert);
  }
  if (isGemma(gguf)) {
    const weights = await GemmaWeights.create(backend, gguf, options);
    return modelOf(weights, maxGemmaNodes(weights), embedGemma);
  }
  const weights = await LlamaWeights.create(backend, gguf, options);
  return modelOf(weights, maxNodesOf(weights), embedLlama);
}

type Weights = {
  readonly config: { width: number; vocabularySize: number };
  readonly layers: readonly object[];
  dispose(): void;
};

type Embed<Model> = (
  executor: GraphExecutor,
  model: Model,
  sequences: readonly TokenSequence[],
  options: { lora?: LoraPairs; signal?: AbortSignal },
) => Promise<Float32Array[]>;

const modelOf = <Model extends Weights>(
  weights: Model,
  maxNodes: number,
  embed: Embed<Model>,
): GraphModel => ({
  dimension: weights.config.width,
  vocabularySize: weights.config.vocabularySize,
  maxNodes,
  layers: weights.layers,
  embed: async (executor, sequences, options) =>
    bySequence(await embed(executor, weights, sequences, options), sequences),
  dispose: () => weights.dispose(),
});

const embedLlama: Embed<LlamaWeights> = (executor, weights, sequences, { lora, signal }) =>
  computePooled(executor, weights, packBatch(sequences), { lora, attention: 'flash' }, signal);
