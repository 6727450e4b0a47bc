/** The backward of grouped-query attention. It reads the forward's rotated q and k, v and probabilities, and keeps no state. */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { BackwardOps } from './backward-ops.ts';

/** d: head size, H and G: query and key/value heads, T keys and Q queries per sequence, B sequences. */
export type AttentionForward = {
  /** [d, Q, H, B] after rotation */
  queries: Tensor;
  /** [d, T, G, B] after rotation */
  keys: Tensor;
  /** [T, d, G, B] */
  values: Tensor;
  /** [T, Q, H, B] */
  probabilities: Tensor;
  scale: number;
};

/** dy: [d, Q, H, B], contiguous → gradients of the rotated queries [d, Q, H, B], keys and values [d, T, G, B]. */
export function attentionBackward(
  backward: BackwardOps,
  forward: AttentionForward,
  dy: Tensor,
): { queries: Tensor; keys: Tensor; values: Tensor } {
  const { ops } = backward;
  const { queries, keys, values, probabilities, scale } = forward;
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
