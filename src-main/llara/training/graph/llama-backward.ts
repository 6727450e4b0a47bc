/**
 * The backward pass of `buildLlama`, layer by layer from the last to the first, in the forward's names. Only LoRA pairs get
 * gradients; the model is frozen. Below the lowest pair nothing is computed.
 */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { GraphInputs, Selection } from '../../graph/graph-inputs.ts';
import { attentionOf, type LayerActivations, type LlamaActivations } from '../../graph/llama/llama-graph.ts';
import type { LlamaLayer, LlamaModel } from '../../graph/llama/llama-model.ts';
import { attentionBackward } from './attention-backward.ts';
import type { BackwardOps, Trainable } from './backward-ops.ts';
import type { OppositePositions } from './opposite-positions.ts';

export type BackwardModel = { weights: LlamaModel; trainable: Trainable };

/** `dHidden`: gradient of `forward.hidden`, [E, P·B] or [E, N]. Gradients end up in the pairs once `backward.sinks` are computed. */
export function buildLlamaBackward(
  backward: BackwardOps,
  model: BackwardModel,
  inputs: GraphInputs,
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
  inputs: GraphInputs;
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
  const { ofQueries, ofKeys } = attentionBlockBackward(backward, model, step, afterAttention);
  if (!needsInput || !ofQueries || !ofKeys) return null;
  const scatter = (x: Tensor) => (selection ? backward.scatterRows(x, selection.rows, forward.input) : x);
  const normed = ops.add(ofKeys, scatter(ofQueries));
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
  { weights, trainable }: BackwardModel,
  { layer, forward, inputs, selection, opposite, needsInput }: LayerBackward,
  dy: Tensor,
) {
  const { config, ropeFactors } = weights;
  const turn = (positions: Tensor) => (x: Tensor) => backward.rope(x, positions, ropeFactors, config.rope);
  const step = {
    part: attentionOf(weights, layer, backward.ops),
    forward: forward.attention,
    inputs,
    selection,
    trainable,
    turnBack: { queries: turn((selection && opposite.selected) ?? opposite.all), keys: turn(opposite.all) },
    needsInput,
  };
  return attentionBackward(backward, step, dy);
}
