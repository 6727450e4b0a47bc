/** Texts through the Gemma graph: how a batch is laid out and which of the kernels compute it. */
import type { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import { buildDense, buildGemma, type GemmaOptions } from '../../graph/gemma/gemma-graph.ts';
import type { GemmaModel } from '../../graph/gemma/gemma-model.ts';
import { type PackedBatch, packBatch, type TokenSequence } from './batch-packing.ts';
import { computePooledStates, hiddenBySequence, type Pass } from './graph-batch.ts';

/** Upper bound of graph nodes per layer, LoRA on all seven weights included. */
const nodesPerLayer = 96;

/** The processor's kernels take four columns at a time; those that are left over cost more than columns of padding. */
const columnMultiple = 4;

export type EmbedGemmaOptions = Partial<GemmaOptions> & { signal?: AbortSignal };

/** Pooled vectors before normalisation, through the file's dense layers if it has any: one row of E per sequence. */
export async function embedGemma(
  executor: GraphExecutor,
  model: GemmaModel,
  sequences: readonly TokenSequence[],
  { signal, ...options }: EmbedGemmaOptions = {},
): Promise<Float32Array[]> {
  return computePooledStates(executor, passOf(executor, model, options), pack(model, sequences), signal);
}

/** Hidden states of every token, sequence by sequence. */
export function hiddenGemma(
  executor: GraphExecutor,
  model: GemmaModel,
  sequences: readonly TokenSequence[],
  options: EmbedGemmaOptions = {},
): Promise<Float32Array[][]> {
  return hiddenBySequence(executor, passOf(executor, model, options), pack(model, sequences), sequences);
}

function pack({ config }: GemmaModel, sequences: readonly TokenSequence[]): PackedBatch {
  return packBatch(sequences, { bidirectional: !config.isCausal, window: config.window, columnMultiple });
}

function passOf(executor: GraphExecutor, model: GemmaModel, options: Partial<GemmaOptions>): Pass {
  const attention = options.attention ?? 'flash';
  const gelu = options.gelu ?? (executor.backend.device.kind === 'cpu' ? 'composed' : 'operation');
  return {
    build: (ops, inputs) => buildGemma(ops, model, inputs, { ...options, attention, gelu }).hidden,
    attention,
    project: (ops, pooled) => buildDense(ops, model, pooled),
    maxNodes: maxGemmaNodes(model),
  };
}

export function maxGemmaNodes(model: GemmaModel): number {
  return nodesPerLayer * model.config.layerCount + 64;
}
