/** One packed batch on its way through the BERT graph, as llama-batch.ts is for the llama graph. */
import { AppError } from '../../common/app-error.ts';
import { GgmlContext } from '../../native/ggml/ggml-context.ts';
import type { GraphExecutor } from '../../native/ggml/graph-executor.ts';
import type { Tensor } from '../../native/ggml/tensor.ts';
import { TensorOps } from '../../native/ggml/tensor-ops.ts';
import { type BertInputs, type BertOptions, buildBert } from '../graph/bert-graph.ts';
import type { BertModel } from '../graph/bert-model.ts';
import { buildPooling, type LoraPairs } from '../graph/blocks.ts';
import type { TokenSequence } from './batch-packing.ts';
import { type BertBatch, packBertBatch } from './bert-packing.ts';

/** Upper bound of graph nodes per layer, LoRA on all six weights included. */
const nodesPerLayer = 72;

/** ggml's flash attention on the CPU works on tiles of that many queries; for shorter texts plain products are faster. */
const flashTile = 64;

export type EmbedBertOptions = Partial<BertOptions> & { signal?: AbortSignal };

/** Pooled vectors before normalisation, one row of E per sequence. Throws `bad-request` for texts beyond the model's positions. */
export async function embedBert(
  executor: GraphExecutor,
  model: BertModel,
  sequences: readonly TokenSequence[],
  { signal, ...options }: EmbedBertOptions = {},
): Promise<Float32Array[]> {
  requirePositions(model, sequences);
  const batch = packBertBatch(sequences);
  return compute(executor, model, batch, options, signal, (ops, hidden, poolWeights) =>
    buildPooling(ops, hidden, poolWeights, batch.sequenceCount),
  );
}

/** Hidden states of every token, sequence by sequence. */
export async function hiddenBert(
  executor: GraphExecutor,
  model: BertModel,
  sequences: readonly TokenSequence[],
  options: EmbedBertOptions = {},
): Promise<Float32Array[][]> {
  const batch = { ...packBertBatch(sequences), rows: null };
  const rows = await compute(executor, model, batch, options, undefined, (_, hidden) => hidden);
  return sequences.map(({ tokens }, index) => {
    const start = index * batch.tokensPerSequence;
    return rows.slice(start, start + tokens.length);
  });
}

/** ggml ends the process at a position that the table has not. */
function requirePositions({ config }: BertModel, sequences: readonly TokenSequence[]): void {
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

async function compute(
  executor: GraphExecutor,
  model: BertModel,
  batch: BertBatch,
  options: { lora?: LoraPairs } & Partial<BertOptions>,
  signal: AbortSignal | undefined,
  finish: (ops: TensorOps, hidden: Tensor, poolWeights: Tensor) => Tensor,
): Promise<Float32Array[]> {
  const maxNodes = maxBertNodes(model);
  const context = GgmlContext.create(executor.backend.runtime, { maxTensors: maxNodes, maxNodes });
  try {
    const ops = new TensorOps(context);
    const inputs = declareInputs(context, batch);
    const pooledCount = batch.poolWeights.length / batch.sequenceCount;
    const poolWeights = context.newTensor('f32', pooledCount, 1, batch.sequenceCount).markInput();
    const isCpu = executor.backend.device.kind === 'cpu';
    const hidden = buildBert(ops, model, inputs, {
      attention: isCpu && batch.tokensPerSequence < flashTile ? 'softmax' : 'flash',
      gelu: isCpu ? 'composed' : 'operation',
      ...options,
    });
    const result = finish(ops, hidden, poolWeights).markOutput();
    const graph = context.newGraph(maxNodes);
    graph.expand(result);
    executor.allocate(graph);
    writeInputs(inputs, batch);
    if (poolWeights.isAllocated) poolWeights.write(batch.poolWeights);
    await executor.compute(graph, signal);
    const values = result.readFloats();
    const { width } = model.config;
    return Array.from({ length: values.length / width }, (_, row) =>
      values.slice(row * width, (row + 1) * width),
    );
  } finally {
    context.dispose();
  }
}

function declareInputs(context: GgmlContext, batch: BertBatch): BertInputs {
  const { tokensPerSequence, sequenceCount, mask, rows } = batch;
  const columns = tokensPerSequence * sequenceCount;
  return {
    tokensPerSequence,
    tokens: context.newTensor('i32', columns).named('tokens').markInput(),
    positions: context.newTensor('i32', columns).named('positions').markInput(),
    mask:
      mask &&
      context
        .newTensor('f16', tokensPerSequence, tokensPerSequence, 1, sequenceCount)
        .named('mask')
        .markInput(),
    rows: rows && context.newTensor('i32', rows.length).named('rows').markInput(),
  };
}

function writeInputs(inputs: BertInputs, batch: BertBatch): void {
  inputs.tokens.write(batch.tokens);
  inputs.positions.write(batch.positions);
  if (inputs.mask && batch.mask) inputs.mask.write(batch.mask);
  if (inputs.rows && batch.rows) inputs.rows.write(batch.rows);
}
