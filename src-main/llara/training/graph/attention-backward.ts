/** The backward of the attention block. It reads the forward's products, rotated q and k, and probabilities, and keeps no state. */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { AttentionActivations, AttentionPart, HeadNorms } from '../../graph/attention.ts';
import { joinHeads, viewHeads } from '../../graph/blocks.ts';
import type { GraphInputs, Selection, SpreadInputs } from '../../graph/graph-inputs.ts';
import type { BackwardOps, Trainable } from './backward-ops.ts';

export type AttentionStep = {
  part: AttentionPart;
  forward: AttentionActivations;
  inputs: GraphInputs;
  selection: Selection | null;
  trainable: Trainable;
  /** Undoes the forward's rotation of [d, heads, n, 1]; null where there was none. */
  turnBack: Record<'queries' | 'keys', (x: Tensor) => Tensor> | null;
  /** Whether the gradient at the block's input is of interest, or only those of pairs. */
  needsInput: boolean;
};

/** dy: [E, Q·B] → gradients at the block's inputs: of the query columns [E, Q·B], and as keys and values [E, N]. */
export function attentionBackward(
  backward: BackwardOps,
  step: AttentionStep,
  dy: Tensor,
): { ofQueries: Tensor | null; ofKeys: Tensor | null } {
  const { ops } = backward;
  const { part, forward, inputs, selection, trainable, turnBack, needsInput } = step;
  const { q, k, v, o, queries } = forward;
  const querySpread = selection ? selection.spread : inputs.spread;
  const mixed = backward.linear(trainable(part.o), o, dy, true) as Tensor;
  const queryCount = queries.shape[1];
  const mixedWidth = part.headSize * part.headCount;
  const like = ops.reshape(queries, mixedWidth, queryCount * inputs.sequenceCount);
  const spread = querySpread ? backward.scatterRows(mixed, querySpread.places, like) : mixed;
  const perHead = ops.cont(viewHeads(ops, spread, part.headSize, part.headCount, queryCount));
  const gradients = productsBackward(backward, forward, part.scale, perHead);
  /** [d, n, heads, B] → [d·heads, its columns], through `undo` on [d, heads, its columns, 1] */
  const merge = (x: Tensor, spreadBy: SpreadInputs | null, undo: ((x: Tensor) => Tensor)[]) => {
    const [size, , heads] = x.shape;
    const all = joinHeads(ops, x);
    const joined = spreadBy ? ops.getRows(all, spreadBy.places) : all;
    if (undo.length === 0) return joined;
    const [width, columns] = joined.shape;
    const split = ops.reshape(joined, size, heads, columns, 1);
    return ops.reshape(
      undo.reduce((current, step) => step(current), split),
      width,
      columns,
    );
  };
  const undo = (of: 'queries' | 'keys') => [
    ...(turnBack ? [turnBack[of]] : []),
    ...(part.headNorms ? [headNormBackward(backward, part.headNorms, forward, of)] : []),
  ];
  const dq = merge(gradients.queries, querySpread, undo('queries'));
  const dk = merge(gradients.keys, inputs.spread, undo('keys'));
  const dv = merge(gradients.values, inputs.spread, []);
  const ofQueries = backward.linear(trainable(part.q), q, dq, needsInput);
  const ofKeys = backward.linear(trainable(part.k), k, dk, needsInput);
  const ofValues = backward.linear(trainable(part.v), v, dv, needsInput);
  return { ofQueries, ofKeys: ofKeys && ofValues ? ops.add(ofKeys, ofValues) : null };
}

/** Of one norm over each head: [d, heads, n, 1] → the same. */
function headNormBackward(
  backward: BackwardOps,
  norms: HeadNorms,
  forward: AttentionActivations,
  of: 'queries' | 'keys',
): (dy: Tensor) => Tensor {
  const { input } = (forward.headNorms as NonNullable<AttentionActivations['headNorms']>)[of];
  return (dy) => backward.rmsNorm(norms[of], input, dy, norms.epsilon);
}

/**
 * The backward of softmax(scale · K q) V. dy: [d, Q, H, B], contiguous → gradients of the rotated queries [d, Q, H, B], keys and values
 * [d, T, G, B].
 */
function productsBackward(
  backward: BackwardOps,
  forward: AttentionActivations,
  scale: number,
  dy: Tensor,
): { queries: Tensor; keys: Tensor; values: Tensor } {
  const { ops } = backward;
  const { queries, keys, values } = forward;
  const probabilities = forward.probabilities as Tensor;
  const scores = backward.softMax(probabilities, ops.mulMat(backward.transpose(values), dy), scale);
  const heads = keys.shape[2];
  const ofKeys = ops.mulMat(backward.transpose(queries), backward.transpose(scores));
  const ofValues = ops.mulMat(backward.transpose(dy), backward.transpose(probabilities));
  return {
    queries: ops.mulMat(backward.transpose(keys), scores),
    keys: sumOverGroups(backward, ofKeys, heads),
    values: sumOverGroups(backward, ofValues, heads),
  };
}

/** Query heads that share a key head are neighbours. [d, T, H, B] → [d, T, G, B] */
function sumOverGroups(backward: BackwardOps, perHead: Tensor, keyHeads: number): Tensor {
  const { ops } = backward;
  const [size, keys, heads, sequences] = perHead.shape;
  const groupSize = heads / keyHeads;
  if (groupSize === 1) return perHead;
  const headBytes = size * keys * 4;
  const strides = [groupSize * headBytes, heads * headBytes, heads * headBytes * sequences];
  let total: Tensor | null = null;
  for (let member = 0; member < groupSize; member++) {
    const part = ops.view(perHead, [size * keys, keyHeads, sequences, 1], strides, member * headBytes);
    total = total ? ops.add(total, part) : part;
  }
  return ops.reshape(total as Tensor, size, keys, keyHeads, sequences);
}
