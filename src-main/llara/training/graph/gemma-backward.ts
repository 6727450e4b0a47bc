/**
 * The backward pass of `buildGemma`, layer by layer from the last to the first, in the forward's names. Only LoRA pairs get
 * gradients; the model is frozen. Below the lowest pair nothing is computed.
 */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import {
  attentionOf,
  type GemmaActivations,
  type GemmaLayerActivations,
} from '../../graph/gemma/gemma-graph.ts';
import type { GemmaLayer, GemmaModel } from '../../graph/gemma/gemma-model.ts';
import type { GraphInputs, Selection } from '../../graph/graph-inputs.ts';
import { attentionBackward } from './attention-backward.ts';
import type { BackwardOps, Trainable } from './backward-ops.ts';
import type { OppositePositions } from './opposite-positions.ts';

export type GemmaBackwardModel = { weights: GemmaModel; trainable: Trainable };

/** `dHidden`: gradient of `forward.hidden`, [E, P·B] or [E, N]. Gradients end up in the pairs once `backward.sinks` are computed. */
export function buildGemmaBackward(
  backward: BackwardOps,
  model: GemmaBackwardModel,
  inputs: GraphInputs,
  opposite: OppositePositions,
  forward: GemmaActivations,
  dHidden: Tensor,
): void {
  const { layers, outputNorm, config } = model.weights;
  let gradient: Tensor | null = backward.rmsNorm(
    outputNorm,
    forward.outputNorm.input,
    dHidden,
    config.rmsEpsilon,
  );
  for (let index = layers.length - 1; index >= 0 && gradient; index--) {
    gradient = layerBackward(backward, model, {
      layer: layers[index] as GemmaLayer,
      forward: forward.layers[index] as GemmaLayerActivations,
      inputs,
      selection: index === layers.length - 1 ? inputs.selection : null,
      opposite,
      dy: gradient,
      needsInput: index > 0,
    });
  }
}

type LayerBackward = {
  layer: GemmaLayer;
  forward: GemmaLayerActivations;
  inputs: GraphInputs;
  selection: Selection | null;
  opposite: OppositePositions;
  /** [E, Q·B] */
  dy: Tensor;
  needsInput: boolean;
};

/** [E, Q·B] → [E, N], or null where the layer's input is of no interest. */
function layerBackward(backward: BackwardOps, model: GemmaBackwardModel, step: LayerBackward): Tensor | null {
  const { ops } = backward;
  const { layer, forward, selection } = step;
  const { rmsEpsilon } = model.weights.config;
  const afterAttention = ops.add(step.dy, feedForwardBackward(backward, model, step));
  const attended = backward.rmsNorm(
    layer.attentionPostNorm,
    forward.attentionPostNorm.input,
    afterAttention,
    rmsEpsilon,
  );
  const { ofQueries, ofKeys } = attentionBlockBackward(backward, model, step, attended);
  if (!ofQueries || !ofKeys) return null;
  const scatter = (x: Tensor) => (selection ? backward.scatterRows(x, selection.rows, forward.input) : x);
  const normed = ops.add(ofKeys, scatter(ofQueries));
  return ops.add(
    backward.rmsNorm(layer.attentionNorm, forward.input, normed, rmsEpsilon),
    scatter(afterAttention),
  );
}

/** Gradient of what the feed-forward block adds, at the block's input: [E, Q·B] */
function feedForwardBackward(
  backward: BackwardOps,
  { weights, trainable }: GemmaBackwardModel,
  { layer, forward, dy }: LayerBackward,
): Tensor {
  const { rmsEpsilon } = weights.config;
  const { gate, up, down } = forward.feedForward;
  const added = backward.rmsNorm(
    layer.feedForwardPostNorm,
    forward.feedForwardPostNorm.input,
    dy,
    rmsEpsilon,
  );
  const product = backward.linear(trainable(layer.down), down, added, true) as Tensor;
  const inner = backward.geglu(gate.output, up.output, product);
  const ofGate = backward.linear(trainable(layer.gate), gate, inner.gate, true) as Tensor;
  const ofUp = backward.linear(trainable(layer.up), up, inner.up, true) as Tensor;
  const normed = backward.ops.add(ofGate, ofUp);
  return backward.rmsNorm(layer.feedForwardNorm, forward.afterAttention, normed, rmsEpsilon);
}

/** dy: [E, Q·B] → gradients at the attention norm's output: of the query columns [E, Q·B], and as keys and values [E, N]. */
function attentionBlockBackward(
  backward: BackwardOps,
  { weights, trainable }: GemmaBackwardModel,
  { layer, forward, inputs, selection, opposite, needsInput }: LayerBackward,
  dy: Tensor,
) {
  const { local, global } = weights.config.rope;
  const turn = (positions: Tensor) => (x: Tensor) =>
    backward.rope(x, positions, null, layer.isLocal ? local : global);
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
