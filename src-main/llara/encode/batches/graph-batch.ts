/**
 * One packed batch on its way through a graph of our own, whatever its architecture: declares the input tensors, builds and allocates
 * the pass, writes the numbers, computes, and reads the pooled or hidden states back. A new one is made per batch and disposed right after.
 */
import { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { TensorOps } from '../../../native/ggml/tensor-ops.ts';
import { type AttentionKind, buildPooling } from '../../graph/blocks.ts';
import type { GraphInputs, Selection, SpreadInputs } from '../../graph/graph-inputs.ts';
import type { PackedBatch, PackedSelection, Spread, TokenSequence } from './batch-packing.ts';

/** A pass to build: the last hidden state of the columns that are wanted. */
export type Pass = {
  build: (ops: TensorOps, inputs: GraphInputs) => Tensor;
  attention: AttentionKind;
  /** What follows pooling: [E, G·B] → [E, G·B]; nothing where absent. */
  project?: (ops: TensorOps, pooled: Tensor) => Tensor;
  /** Upper bound of graph nodes. */
  maxNodes: number;
};

/** Pooled vectors before normalisation, rows of E: of each sequence its own, then those of its windows (G·B rows). */
export function computePooledStates(
  executor: GraphExecutor,
  pass: Pass,
  batch: PackedBatch,
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  return withContext(executor, pass, async (context) => {
    const ops = new TensorOps(context);
    const inputs = declareInputs(context, batch, pass.attention, true);
    const poolWeights = context
      .newTensor('f32', batch.positionsPerSequence, batch.vectorsPerSequence, batch.sequenceCount)
      .markInput();
    const pooled = buildPooling(ops, pass.build(ops, inputs), poolWeights, batch.sequenceCount);
    const vectors = pass.project?.(ops, pooled) ?? pooled;
    return computeRows(executor, context, pass, vectors, signal, () => {
      writeInputs(context, inputs, batch);
      poolWeights.write(batch.poolWeights);
    });
  });
}

/** Pooled rows of a batch, parted: of each sequence its own vector and those of its windows, without the rows of padding. */
export function bySequence(
  rows: readonly Float32Array[],
  sequences: readonly TokenSequence[],
): Float32Array[][] {
  const each = rows.length / sequences.length;
  return sequences.map(({ windows = [] }, index) =>
    rows.slice(index * each, index * each + 1 + windows.length),
  );
}

/** Last hidden states: rows of E, for all T·B columns or for the P·B selected ones. */
export function computeHiddenStates(
  executor: GraphExecutor,
  pass: Pass,
  batch: PackedBatch,
  { selectedOnly = false }: { selectedOnly?: boolean } = {},
): Promise<Float32Array[]> {
  return withContext(executor, pass, async (context) => {
    const inputs = declareInputs(context, batch, pass.attention, selectedOnly);
    const hidden = pass.build(new TensorOps(context), inputs);
    return computeRows(executor, context, pass, hidden, undefined, () => writeInputs(context, inputs, batch));
  });
}

/** Last hidden states of every token, sequence by sequence, without those of padding. */
export async function hiddenBySequence(
  executor: GraphExecutor,
  pass: Pass,
  batch: PackedBatch,
  sequences: readonly TokenSequence[],
): Promise<Float32Array[][]> {
  const rows = await computeHiddenStates(executor, pass, batch);
  return sequences.map(({ tokens }, index) => {
    const start = index * batch.tokensPerSequence;
    return rows.slice(start, start + tokens.length);
  });
}

/** Input tensors of a batch; without its selection all columns are computed. */
export function declareInputs(
  context: GgmlContext,
  batch: PackedBatch,
  attention: AttentionKind,
  withSelection: boolean,
): GraphInputs {
  const { tokensPerSequence, sequenceCount, maskCount, selection } = batch;
  const columns = tokensPerSequence * sequenceCount;
  const keys = batch.spread?.length ?? tokensPerSequence;
  const declareMasks = (
    { mask, windowMask }: Pick<PackedBatch, 'mask' | 'windowMask'>,
    queries: number,
    masks: number,
  ) => {
    const type = attention === 'flash' ? 'f16' : 'f32';
    const declare = (values: Float32Array | null) =>
      values && context.newTensor(type, keys, queries, 1, masks).markInput();
    const whole = declare(mask);
    return { mask: whole, windowMask: declare(windowMask) ?? whole };
  };
  return {
    tokensPerSequence,
    sequenceCount,
    tokens: context.newTensor('i32', columns).named('tokens').markInput(),
    positions: context.newTensor('i32', columns).named('positions').markInput(),
    types: batch.types && context.newTensor('i32', columns).named('types').markInput(),
    ...declareMasks(batch, keys, maskCount),
    spread: declareSpread(context, batch.spread),
    selection: withSelection && selection ? declareSelection(selection) : null,
  };

  function declareSelection(chosen: PackedSelection): Selection {
    const { positionsPerSequence } = batch;
    const count = positionsPerSequence * sequenceCount;
    return {
      positionsPerSequence,
      rows: context.newTensor('i32', count).named('selected.rows').markInput(),
      positions: context.newTensor('i32', count).named('selected.positions').markInput(),
      ...declareMasks(chosen, chosen.spread?.length ?? positionsPerSequence, sequenceCount),
      spread: declareSpread(context, chosen.spread),
    };
  }
}

function declareSpread(context: GgmlContext, spread: Spread | null): SpreadInputs | null {
  return (
    spread && {
      length: spread.length,
      columns: context.newTensor('i32', spread.columns.length).markInput(),
      places: context.newTensor('i32', spread.places.length).markInput(),
    }
  );
}

/** Writes a batch's numbers into its allocated input tensors. */
export function writeInputs(context: GgmlContext, inputs: GraphInputs, batch: PackedBatch): void {
  inputs.tokens.write(batch.tokens);
  inputs.positions.write(batch.positions);
  if (inputs.types && batch.types) writeIfRead(inputs.types, batch.types);
  writeMask(context, inputs.mask, batch.mask);
  writeMask(context, inputs.windowMask, batch.windowMask);
  writeSpread(inputs.spread, batch.spread);
  if (inputs.selection === null || batch.selection === null) return;
  inputs.selection.rows.write(batch.selection.rows);
  writeIfRead(inputs.selection.positions, batch.selection.positions);
  writeMask(context, inputs.selection.mask, batch.selection.mask);
  writeMask(context, inputs.selection.windowMask, batch.selection.windowMask);
  writeSpread(inputs.selection.spread, batch.selection.spread);
}

/** Inputs that no operation reads (the mask of a one-layer model under a selection) get no memory and no numbers. */
function writeIfRead(tensor: Tensor, values: Int32Array | Float32Array | Uint16Array): void {
  if (tensor.isAllocated) tensor.write(values);
}

function writeSpread(inputs: SpreadInputs | null, spread: Spread | null): void {
  if (inputs === null || spread === null) return;
  writeIfRead(inputs.columns, spread.columns);
  writeIfRead(inputs.places, spread.places);
}

function writeMask(context: GgmlContext, tensor: Tensor | null, mask: Float32Array | null): void {
  if (!tensor?.isAllocated || mask === null) return;
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
  { maxNodes }: Pass,
  use: (context: GgmlContext) => Promise<T>,
): Promise<T> {
  const context = GgmlContext.create(executor.backend.runtime, { maxTensors: maxNodes, maxNodes });
  try {
    return await use(context);
  } finally {
    context.dispose();
  }
}

/** Rows of `result`, as long as its first extent. */
async function computeRows(
  executor: GraphExecutor,
  context: GgmlContext,
  { maxNodes }: Pass,
  result: Tensor,
  signal: AbortSignal | undefined,
  write: () => void,
): Promise<Float32Array[]> {
  result.markOutput();
  const graph = context.newGraph(maxNodes);
  graph.expand(result);
  executor.allocate(graph);
  write();
  await executor.compute(graph, signal);
  const [width] = result.shape;
  const values = result.readFloats();
  return Array.from({ length: values.length / width }, (_, row) =>
    values.slice(row * width, (row + 1) * width),
  );
}
