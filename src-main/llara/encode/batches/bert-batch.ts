/** Texts through the BERT graph: how a batch is laid out and which of the kernels compute it. */
import { AppError } from '../../../common/app-error.ts';
import type { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import { type BertOptions, buildBert, buildRankingHead } from '../../graph/bert/bert-graph.ts';
import type { BertModel } from '../../graph/bert/bert-model.ts';
import { type PackedBatch, packBatch, type TokenSequence } from './batch-packing.ts';
import { computePooledStates, hiddenBySequence, type Pass } from './graph-batch.ts';

/** Upper bound of graph nodes per layer, LoRA on all six weights included. */
const nodesPerLayer = 80;

/** ggml's flash attention on the CPU works on tiles of that many queries; for shorter texts plain products are faster. */
const flashTile = 64;

/**
 * The processor's kernels take four columns at a time, with rearranged weights sixteen; the columns that are left over cost several
 * times as much, more than columns of padding.
 */
const columnMultiple = 4;

export type EmbedBertOptions = Partial<BertOptions> & { signal?: AbortSignal };

/** Pooled vectors before normalisation, one row of E per sequence; of a reranker one number each. Throws `bad-request` for texts beyond the model's positions. */
export async function embedBert(
  executor: GraphExecutor,
  model: BertModel,
  sequences: readonly TokenSequence[],
  { signal, ...options }: EmbedBertOptions = {},
): Promise<Float32Array[]> {
  requirePositions(model, sequences);
  const batch = packBatch(sequences, { bidirectional: true, columnMultiple });
  const pass = passOf(executor, model, batch, options);
  const { head } = model;
  const project: Pass['project'] = head ? (ops, pooled) => buildRankingHead(ops, head, pooled) : undefined;
  return computePooledStates(executor, project ? { ...pass, project } : pass, batch, signal);
}

/** Hidden states of every token, sequence by sequence. */
export function hiddenBert(
  executor: GraphExecutor,
  model: BertModel,
  sequences: readonly TokenSequence[],
  options: EmbedBertOptions = {},
): Promise<Float32Array[][]> {
  const batch = packBatch(sequences, { bidirectional: true, columnMultiple });
  return hiddenBySequence(executor, passOf(executor, model, batch, options), batch, sequences);
}

function passOf(
  executor: GraphExecutor,
  model: BertModel,
  { tokensPerSequence }: PackedBatch,
  options: Partial<BertOptions>,
): Pass {
  const isCpu = executor.backend.device.kind === 'cpu';
  const attention = options.attention ?? (isCpu && tokensPerSequence < flashTile ? 'softmax' : 'flash');
  const gelu = options.gelu ?? (isCpu ? 'composed' : 'operation');
  return {
    build: (ops, inputs) => buildBert(ops, model, inputs, { ...options, attention, gelu }).hidden,
    attention,
    maxNodes: maxBertNodes(model),
  };
}

/** ggml ends the process at a position that the table has not. */
export function requirePositions({ config }: BertModel, sequences: readonly TokenSequence[]): void {
  const longest = Math.max(...sequences.map(({ tokens }) => tokens.length));
  if (longest <= config.contextLength) return;
  throw new AppError(
    'bad-request',
    `A text of ${longest} tokens is too long for an encoder of ${config.contextLength} positions.`,
  );
}

export function maxBertNodes(model: BertModel): number {
  return nodesPerLayer * model.config.layerCount + 64;
}
