/**
 * The backward pass of `buildLlama`, layer by layer from the last to the first, in the forward's names. Only LoRA pairs get
 * gradients; the model is frozen. Below the lowest pair nothing is computed.
 */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { Linear } from '../../graph/blocks.ts';
import type {
  LayerActivations,
  LlamaActivations,
  LlamaInputs,
  Selection,
  SpreadInputs,
} from '../../graph/llama-graph.ts';
import type { LlamaLayer, LlamaModel } from '../../graph/llama-model.ts';
import { attentionBackward } from './attention-backward.ts';
import type { BackwardOps, TrainableLinear } from './backward-ops.ts';

/** Positions with their signs turned, which undo RoPE: for all columns, and for the selected ones. */
export type OppositePositions = { all: Tensor; selected: Tensor | null };

export type BackwardModel = {
  weights: LlamaModel;
  /** Transposed weight and LoRA pair of each linear map. */
  trainable: (linear: Linear) => TrainableLinear;
};

/** `dHidden`: gradient of `forward.hidden`, [E, P·B] or [E, N]. Gradients end up in the pairs once `backward.sinks` are computed. */
export function buildLlamaBackward(
  backward: BackwardOps,
  model: BackwardModel,
  inputs: LlamaInputs,
  opposite: OppositePositions,
  forward: LlamaActivations,
  dHidden: Tensor,
): void {
  const { weights } = model;
  const { rmsEpsilon } = weights.config;
  let gradient: Tensor | null = backward.rmsNorm(
    weights.outputNorm,
    forward.outputNorm.input,
    dHidden,
    rmsEpsilon,
  );
  for (let index = weights.layers.length - 1; index >= 0 && gradient; index--) {
    const selection = index === weights.layers.length - 1 ? inputs.selection : null;
    gradient = layerBackward(backward, model, {
      layer: weights.layers[index] as LlamaLayer,
      forward: forward.layers[index] as LayerActivations,
      inputs,
      selection,
      opposite,
      dy: gradient,
      needsInput: index > 0,
    });
  }
}

type LayerBackward = {
  layer: LlamaLayer;
  forward: LayerActivations;
  inputs: LlamaInputs;
  selection: Selection | null;
  opposite: OppositePositions;
  /** [E, Q·B] */
  dy: Tensor;
  needsInput: boolean;
};

/** [E, Q·B] → [E, N], or null where the layer's input is of no interest. */
function layerBackward(backward: BackwardOps, model: BackwardModel, step: LayerBackward): Tensor | null {
  const { ops } = backward;
  const { layer, forward, selection, needsInput } = step;
  const { rmsEpsilon } = model.weights.config;
  const afterAttention = ops.add(step.dy, feedForwardBackward(backward, model, step));
  const { queryNorm, keyNorm } = attentionBlockBackward(backward, model, step, afterAttention);
  if (!needsInput || !queryNorm || !keyNorm) return null;
  const scatter = (x: Tensor) => (selection ? backward.scatterRows(x, selection.rows, forward.input) : x);
  const normed = ops.add(keyNorm, scatter(queryNorm));
  return ops.add(
    backward.rmsNorm(layer.attentionNorm, forward.input, normed, rmsEpsilon),
    scatter(afterAttention),
  );
}

/** Gradient of what the feed-forward block adds, at the block's input: [E, Q·B] */
function feedForwardBackward(backward: BackwardOps, model: BackwardModel, step: LayerBackward): Tensor {
  const { layer, forward, dy } = step;
  const { gate, up, down } = forward.feedForward;
  const product = backward.linear(model.trainable(layer.down), down, dy, true) as Tensor;
  const inner = backward.swiglu(gate.output, up.output, product);
  const ofGate = backward.linear(model.trainable(layer.gate), gate, inner.gate, true) as Tensor;
  const ofUp = layer.isUpConstant
    ? null
    : (backward.linear(model.trainable(layer.up), up, inner.up, true) as Tensor);
  const normed = ofUp ? backward.ops.add(ofGate, ofUp) : ofGate;
  return backward.rmsNorm(
    layer.feedForwardNorm,
    forward.afterAttention,
    normed,
    model.weights.config.rmsEpsilon,
  );
}

/** dy: [E, Q·B] → gradients at the attention norm's output: of the query columns [E, Q·B], and as keys and values [E, N]. */
function attentionBlockBackward(
  backward: BackwardOps,
  model: BackwardModel,
  step: LayerBackward,
  dy: Tensor,
): { queryNorm: Tensor | null; keyNorm: Tensor | null } {
  const { ops } = backward;
  const { layer, inputs, selection, opposite, needsInput } = step;
  const { config, ropeFactors } = model.weights;
  const { q, k, v, o, queries, keys, values, probabilities } = step.forward.attention;
  const batch = inputs.sequenceCount;
  const querySpread = selection ? selection.spread : inputs.spread;
  const mixed = backward.linear(model.trainable(layer.o), o, dy, true) as Tensor;
  const queryCount = queries.shape[1];
  const like = ops.reshape(queries, config.headSize * config.headCount, queryCount * batch);
  const spread = querySpread ? backward.scatterRows(mixed, querySpread.places, like) : mixed;
  const perHead = ops.permute(
    ops.reshape(spread, config.headSize, config.headCount, queryCount, batch),
    0,
    2,
    1,
    3,
  );
  const gradients = attentionBackward(
    backward,
    { queries, keys, values, probabilities: probabilities as Tensor, scale: config.attentionScale },
    ops.cont(perHead),
  );
  /** [d, n, heads, B] → [d·heads, its columns], turned back by RoPE where positions are given. */
  const merge = (x: Tensor, spreadBy: SpreadInputs | null, positions: Tensor | null) => {
    const [size, count, heads, sequences] = x.shape;
    const all = ops.reshape(ops.cont(ops.permute(x, 0, 2, 1, 3)), size * heads, count * sequences);
    const joined = spreadBy ? ops.getRows(all, spreadBy.places) : all;
    if (!positions) return joined;
    const perToken = ops.reshape(joined, size, heads, joined.shape[1], 1);
    const turned = backward.rope(perToken, positions, ropeFactors, config.rope);
    return ops.reshape(turned, size * heads, joined.shape[1]);
  };
  const queryPositions = selection ? opposite.selected : opposite.all;
  const queryNorm = backward.linear(
    model.trainable(layer.q),
    q,
    merge(gradients.queries, querySpread, queryPositions),
    needsInput,
  );
  const ofKeys = backward.linear(
    model.trainable(layer.k),
    k,
    merge(gradients.keys, inputs.spread, opposite.all),
    needsInput,
  );
  const ofValues = backward.linear(
    model.trainable(layer.v),
    v,
    merge(gradients.values, inputs.spread, null),
    needsInput,
  );
  return { queryNorm, keyNorm: ofKeys && ofValues ? ops.add(ofKeys, ofValues) : null };
}
