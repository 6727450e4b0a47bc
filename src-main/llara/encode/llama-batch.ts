/**
 * One packed batch on its way through the graph: declares the input tensors, builds and allocates the pass, writes the numbers,
 * computes, and reads the pooled or hidden states back. A new one is made per batch and disposed right after.
 */
import { GgmlContext } from '../../native/ggml/ggml-context.ts';
import type { Graph } from '../../native/ggml/graph.ts';
import type { GraphExecutor } from '../../native/ggml/graph-executor.ts';
import type { Tensor } from '../../native/ggml/tensor.ts';
import { TensorOps } from '../../native/ggml/tensor-ops.ts';
import { buildPooling } from '../graph/blocks.ts';
import { type BuildOptions, buildLlama, type LlamaInputs, type SpreadInputs } from '../graph/llama-graph.ts';
import type { LlamaModel } from '../graph/llama-model.ts';
import type { PackedBatch, Spread } from './batch-packing.ts';

/** Upper bound of graph nodes per layer, LoRA on all seven weights included. */
const nodesPerLayer = 72;

/** Pooled vectors before normalisation, [B] rows of E. */
export async function computePooled(
  executor: GraphExecutor,
  weights: LlamaModel,
  batch: PackedBatch,
  options: BuildOptions,
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  return withContext(executor, weights, async (context) => {
    const ops = new TensorOps(context);
    const inputs = declareInputs(context, batch, options, true);
    const poolWeights = context
      .newTensor('f32', batch.positionsPerSequence, 1, batch.sequenceCount)
      .markInput();
    const { hidden } = buildLlama(ops, weights, inputs, options);
    const pooled = buildPooling(ops, hidden, poolWeights, batch.sequenceCount).markOutput();
    const graph = prepare(executor, context, weights, pooled);
    writeInputs(context, inputs, batch);
    poolWeights.write(batch.poolWeights);
    await executor.compute(graph, signal);
    return splitRows(pooled.readFloats(), weights.config.width);
  });
}

/** Hidden states after the final norm: rows of E, for all T·B columns or for the P·B selected ones. */
export async function computeHidden(
  executor: GraphExecutor,
  weights: LlamaModel,
  batch: PackedBatch,
  options: BuildOptions & { selectedOnly?: boolean },
): Promise<Float32Array[]> {
  return withContext(executor, weights, async (context) => {
    const inputs = declareInputs(context, batch, options, options.selectedOnly ?? false);
    const { hidden } = buildLlama(new TensorOps(context), weights, inputs, options);
    hidden.markOutput();
    const graph = prepare(executor, context, weights, hidden);
    writeInputs(context, inputs, batch);
    await executor.compute(graph);
    return splitRows(hidden.readFloats(), weights.config.width);
  });
}

/** Input tensors of a batch; a selection of every position is no selection. */
export function declareInputs(
  context: GgmlContext,
  batch: PackedBatch,
  options: BuildOptions,
  withSelection: boolean,
): LlamaInputs {
  const { tokensPerSequence, sequenceCount, positionsPerSequence, maskCount } = batch;
  const maskType = options.attention === 'flash' ? 'f16' : 'f32';
  const columns = tokensPerSequence * sequenceCount;
  const chosen = positionsPerSequence * sequenceCount;
  const keys = batch.spread?.length ?? tokensPerSequence;
  const declareSpread = (spread: Spread | null) =>
    spread && {
      length: spread.length,
      columns: context.newTensor('i32', spread.columns.length).markInput(),
      places: context.newTensor('i32', spread.places.length).markInput(),
    };
  return {
    tokensPerSequence,
    sequenceCount,
    tokens: context.newTensor('i32', columns).named('tokens').markInput(),
    positions: context.newTensor('i32', columns).named('positions').markInput(),
    mask: context.newTensor(maskType, keys, keys, 1, maskCount).named('mask').markInput(),
    spread: declareSpread(batch.spread),
    selection: withSelection
      ? {
          positionsPerSequence,
          rows: context.newTensor('i32', chosen).named('selected.rows').markInput(),
          positions: context.newTensor('i32', chosen).named('selected.positions').markInput(),
          mask: context
            .newTensor(
              maskType,
              keys,
              batch.selection.spread?.length ?? positionsPerSequence,
              1,
              sequenceCount,
            )
            .named('selected.mask')
            .markInput(),
          spread: declareSpread(batch.selection.spread),
        }
      : null,
  };
}

/** Writes a batch's numbers into its allocated input tensors. */
export function writeInputs(context: GgmlContext, inputs: LlamaInputs, batch: PackedBatch): void {
  inputs.tokens.write(batch.tokens);
  inputs.positions.write(batch.positions);
  writeMask(context, inputs.mask, batch.mask);
  writeSpread(inputs.spread, batch.spread);
  if (inputs.selection === null) return;
  inputs.selection.rows.write(batch.selection.rows);
  inputs.selection.positions.write(batch.selection.positions);
  writeMask(context, inputs.selection.mask, batch.selection.mask);
  writeSpread(inputs.selection.spread, batch.selection.spread);
}

/** Without memory where no operation reads it, as the mask. */
function writeSpread(inputs: SpreadInputs | null, spread: Spread | null): void {
  if (inputs === null || spread === null) return;
  if (inputs.columns.isAllocated) inputs.columns.write(spread.columns);
  if (inputs.places.isAllocated) inputs.places.write(spread.places);
}

/** Inputs that no operation reads (the mask of a one-layer model under a selection) get no memory and no numbers. */
function writeMask(context: GgmlContext, tensor: Tensor, mask: Float32Array): void {
  if (!tensor.isAllocated) return;
  if (tensor.type === 'f32') {
    tensor.write(mask);
    return;
  }
  const halves = new Uint16Array(mask.length);
  context.functions.ggml_fp32_to_fp16_row(mask, halves, mask.length);
  tensor.write(halves);
}

async function withContext<T>(
  executor: GraphExecutor,
  weights: LlamaModel,
  use: (context: GgmlContext) => Promise<T>,
): Promise<T> {
  const maxNodes = maxNodesOf(weights);
  const context = GgmlContext.create(executor.backend.runtime, { maxTensors: maxNodes, maxNodes });
  try {
    return await use(context);
  } finally {
    context.dispose();
  }
}

function prepare(executor: GraphExecutor, context: GgmlContext, weights: LlamaModel, result: Tensor): Graph {
  const graph = context.newGraph(maxNodesOf(weights));
  graph.expand(result);
  executor.allocate(graph);
  return graph;
}

export function maxNodesOf(weights: LlamaModel): number {
  return nodesPerLayer * weights.config.layerCount + 64;
}

function splitRows(values: Float32Array, width: number): Float32Array[] {
  return Array.from({ length: values.length / width }, (_, row) =>
    values.slice(row * width, (row + 1) * width),
  );
}
