/**
 * The attention block that the forward graphs share: products for queries, keys and values, attention of each sequence to itself
 * under its mask, and the product that joins the heads. Shapes as in blocks.ts; softmax attention may see its keys and queries spread
 * with padding between sequences, since kernels are slow where extents are no multiples of 16.
 */
import type { Tensor } from '../../native/ggml/tensor.ts';
import type { TensorOps } from '../../native/ggml/tensor-ops.ts';
import {
  buildLinear,
  buildNorm,
  buildSoftmaxAttention,
  joinHeads,
  type Linear,
  type LinearActivations,
  type NormActivations,
  viewHeads,
} from './blocks.ts';
import type { BuildOptions, GraphInputs, Selection, SpreadInputs } from './graph-inputs.ts';

/** Learnt factors [d], the same for every head. */
export type HeadNorms = { queries: Tensor; keys: Tensor; epsilon: number };

export type AttentionPart = {
  q: Linear;
  k: Linear;
  v: Linear;
  o: Linear;
  headSize: number;
  headCount: number;
  kvHeadCount: number;
  /** Factor on q·k before the softmax. */
  scale: number;
  /** RMS norms of each head's queries and keys before they are turned; null where there are none. */
  headNorms: HeadNorms | null;
  /** Turns queries or keys [d, heads, n, 1] by their positions; null where positions are part of the embedding. */
  rotate: ((x: Tensor, positions: Tensor) => Tensor) | null;
};

export type AttentionActivations = {
  q: LinearActivations;
  k: LinearActivations;
  v: LinearActivations;
  /** Queries and keys [d, heads, n, 1] as they enter the norms of heads and come out of them; null where there are none. */
  headNorms: { queries: NormActivations; keys: NormActivations } | null;
  /** [d, Q, H, B] after rotation, contiguous for softmax attention; Q is T or P, or the length they are spread to, as T is below. */
  queries: Tensor;
  /** [d, T, G, B] after rotation, contiguous for softmax attention. */
  keys: Tensor;
  /** [T, d, G, B] contiguous for softmax attention, [d, T, G, B] for flash attention. */
  values: Tensor;
  /** [T keys, Q, H, B]; null under flash attention, which never forms it. */
  probabilities: Tensor | null;
  /** [E', Q·B] with E' = d·H */
  mixed: Tensor;
  o: LinearActivations;
};

/** Grouped-query attention of `queryInput`'s columns over all of `keyInput`'s: [E, N], [E, Q·B] → [E, Q·B]. */
export function buildAttention(
  ops: TensorOps,
  part: AttentionPart,
  keyInput: Tensor,
  queryInput: Tensor,
  inputs: GraphInputs,
  selection: Selection | null,
  options: BuildOptions,
): AttentionActivations {
  const { headSize, headCount, kvHeadCount, scale, rotate, headNorms: norms } = part;
  const { tokensPerSequence: tokens, sequenceCount: batch } = inputs;
  const queryCount = selection?.positionsPerSequence ?? tokens;
  const querySpread = selection ? selection.spread : inputs.spread;
  const mask = selection ? selection.mask : inputs.mask;
  const isFlash = options.attention === 'flash';
  const q = buildLinear(ops, part.q, queryInput, options.lora);
  const k = buildLinear(ops, part.k, keyInput, options.lora);
  const v = buildLinear(ops, part.v, keyInput, options.lora);

  const normed = (x: Tensor, heads: number, factor: Tensor, epsilon: number) =>
    buildNorm(ops, ops.reshape(x, headSize, heads, x.shape[1], 1), factor, epsilon);
  const headNorms = norms && {
    queries: normed(q.output, headCount, norms.queries, norms.epsilon),
    keys: normed(k.output, kvHeadCount, norms.keys, norms.epsilon),
  };
  const turn = (x: Tensor, heads: number, positions: Tensor) =>
    rotate ? rotate(ops.reshape(x, headSize, heads, x.elementCount / (headSize * heads), 1), positions) : x;
  const split = (x: Tensor, heads: number, count: number, spread: SpreadInputs | null) => {
    const columns = spreadColumns(ops, ops.reshape(x, headSize * heads, count * batch), spread);
    const view = viewHeads(ops, columns, headSize, heads, spread?.length ?? count);
    // ggml's fast products ask for contiguous operands; flash attention takes them as they lie.
    return isFlash ? view : ops.cont(view);
  };
  const rotatedQ = turn(
    headNorms?.queries.output ?? q.output,
    headCount,
    selection?.positions ?? inputs.positions,
  );
  const rotatedK = turn(headNorms?.keys.output ?? k.output, kvHeadCount, inputs.positions);
  const queries = split(rotatedQ, headCount, queryCount, querySpread);
  const keys = split(rotatedK, kvHeadCount, tokens, inputs.spread);

  if (isFlash) {
    const values = split(v.output, kvHeadCount, tokens, null);
    const attended = ops.flashAttention(queries, keys, values, mask, scale);
    const mixed = ops.reshape(attended, headSize * headCount, queryCount * batch);
    const o = buildLinear(ops, part.o, mixed, options.lora);
    return { q, k, v, headNorms, queries, keys, values, probabilities: null, mixed, o };
  }
  const spreadValues = spreadColumns(ops, v.output, inputs.spread);
  const perHead = ops.reshape(spreadValues, headSize, kvHeadCount, inputs.spread?.length ?? tokens, batch);
  const values = ops.cont(ops.permute(perHead, 1, 2, 0, 3));
  const { probabilities, attended } = buildSoftmaxAttention(ops, { queries, keys, values }, mask, scale);
  const joined = joinHeads(ops, attended);
  const mixed = querySpread ? ops.getRows(joined, querySpread.places) : joined;
  const o = buildLinear(ops, part.o, mixed, options.lora);
  return { q, k, v, headNorms, queries, keys, values, probabilities, mixed, o };
}

/** [n, count·B] → [n, spread.length·B] */
function spreadColumns(ops: TensorOps, x: Tensor, spread: SpreadInputs | null): Tensor {
  return spread ? ops.getRows(x, spread.columns) : x;
}
