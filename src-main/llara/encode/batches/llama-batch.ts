/** Packed batches through the llama graph. */
import type { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { BuildOptions } from '../../graph/graph-inputs.ts';
import { buildLlama } from '../../graph/llama/llama-graph.ts';
import type { LlamaModel } from '../../graph/llama/llama-model.ts';
import type { PackedBatch } from './batch-packing.ts';
import { computeHiddenStates, computePooledStates, type Pass } from './graph-batch.ts';

/** Upper bound of graph nodes per layer, LoRA on all seven weights included. */
const nodesPerLayer = 72;

/** Pooled vectors before normalisation, [B] rows of E. */
export function computePooled(
  executor: GraphExecutor,
  weights: LlamaModel,
  batch: PackedBatch,
  options: BuildOptions,
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  return computePooledStates(executor, passOf(weights, options), batch, signal);
}

/** Hidden states after the final norm: rows of E, for all T·B columns or for the P·B selected ones. */
export function computeHidden(
  executor: GraphExecutor,
  weights: LlamaModel,
  batch: PackedBatch,
  options: BuildOptions & { selectedOnly?: boolean },
): Promise<Float32Array[]> {
  return computeHiddenStates(executor, passOf(weights, options), batch, options);
}

function passOf(weights: LlamaModel, options: BuildOptions): Pass {
  return {
    build: (ops, inputs) => buildLlama(ops, weights, inputs, options).hidden,
    attention: options.attention ?? 'softmax',
    maxNodes: maxNodesOf(weights),
  };
}

export function maxNodesOf(weights: LlamaModel): number {
  return nodesPerLayer * weights.config.layerCount + 64;
}
