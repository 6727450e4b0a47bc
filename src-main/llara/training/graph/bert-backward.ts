/**
 * The backward pass of `buildBert`, layer by layer from the last to the first, in the forward's names. Only LoRA pairs get
 * gradients; embeddings, norms and matrices are frozen. Below the lowest pair nothing is computed.
 */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { attentionOf, type BertActivations, type BertLayerActivations } from '../../graph/bert/bert-graph.ts';
import type { BertLayer, BertModel } from '../../graph/bert/bert-model.ts';
import type { GraphInputs, Selection } from '../../graph/graph-inputs.ts';
import { attentionBackward } from './attention-backward.ts';
import type { BackwardOps, Trainable } from './backward-ops.ts';

export type BertBackwardModel = { weights: BertModel; trainable: Trainable };

/** `dHidden`: gradient of `forward.hidden`, [E, P·B] or [E, N]. Gradients end up in the pairs once `backward.sinks` are computed. */
export function buildBertBackward(
  backward: BackwardOps,
  model: BertBackwardModel,
  inputs: GraphInputs,
  forward: BertActivations,
  dHidden: Tensor,
): void {
  const { layers } = model.weights;
  let gradient: Tensor | null = dHidden;
  for (let index = layers.length - 1; index >= 0 && gradient; index--) {
    gradient = layerBackward(backward, model, {
      layer: layers[index] as BertLayer,
      forward: forward.layers[index] as BertLayerActivations,
      inputs,
      selection: index === layers.length - 1 ? inputs.selection : null,
      dy: gradient,
      needsInput: index > 0,
    });
  }
}

type LayerBackward = {
  layer: BertLayer;
  forward: BertLayerActivations;
  inputs: GraphInputs;
  selection: Selection | null;
  /** [E, Q·B] */
  dy: Tensor;
  needsInput: boolean;
};

/** [E, Q·B] → [E, N], or null where the layer's input is of no interest. */
function layerBackward(backward: BackwardOps, model: BertBackwardModel, step: LayerBackward): Tensor | null {
  const { ops } = backward;
  const { layer, forward, inputs, selection, needsInput } = step;
  const { normEpsilon } = model.weights.config;
  const outputSum = backward.layerNorm(
    layer.outputNorm.factor,
    forward.outputNorm.input,
    step.dy,
    normEpsilon,
  );
  const normed = ops.add(outputSum, feedForwardBackward(backward, model, step, outputSum));
  const attentionSum = backward.layerNorm(
    layer.attentionNorm.factor,
    forward.attentionNorm.input,
    normed,
    normEpsilon,
  );
  const part = attentionOf(model.weights, layer);
  const { trainable } = model;
  const { ofQueries, ofKeys } = attentionBackward(
    backward,
    { part, forward: forward.attention, inputs, selection, trainable, turnBack: null, needsInput },
    attentionSum,
  );
  if (!ofQueries || !ofKeys) return null;
  const ofChosen = ops.add(attentionSum, ofQueries);
  return ops.add(
    ofKeys,
    selection ? backward.scatterRows(ofChosen, selection.rows, forward.input) : ofChosen,
  );
}

/** Gradient of what the feed-forward adds, at its input: dy [E, Q·B] → [E, Q·B] */
function feedForwardBackward(
  backward: BackwardOps,
  { trainable }: BertBackwardModel,
  { layer, forward }: LayerBackward,
  dy: Tensor,
): Tensor {
  const { up, inner, down } = forward.feedForward;
  const ofInner = backward.linear(trainable(layer.down), down, dy, true) as Tensor;
  const ofUp = backward.gelu(up.output, inner, ofInner);
  return backward.linear(trainable(layer.up), up, ofUp, true) as Tensor;
}
