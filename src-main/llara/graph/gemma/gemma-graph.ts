/**
 * The forward pass of Gemma 3 (arXiv 2503.19786) and EmbeddingGemma (arXiv 2509.20354) as llama.cpp computes it: the one definition that
 * the encoder runs and the trainer differentiates. Norms stand before and after attention and feed-forward, and most layers see a window
 * of neighbours alone, with rotations of their own. Shapes as in llama-graph.ts; every intermediate of a backward pass is returned by name.
 */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { TensorOps } from '../../../native/ggml/tensor-ops.ts';
import { type AttentionActivations, type AttentionPart, buildAttention } from '../attention.ts';
import {
  buildGeglu,
  buildLinear,
  buildNorm,
  type GeluKind,
  type LinearActivations,
  type LoraPairs,
  type NormActivations,
} from '../blocks.ts';
import type { BuildOptions, GraphInputs, Selection } from '../graph-inputs.ts';
import type { GemmaLayer, GemmaModel } from './gemma-model.ts';

export type GemmaOptions = BuildOptions & { gelu: GeluKind };

export type GemmaFeedForwardActivations = {
  gate: LinearActivations;
  up: LinearActivations;
  /** gelu(gate) · up [F, Q·B] */
  product: Tensor;
  down: LinearActivations;
};

export type GemmaLayerActivations = {
  /** [E, N] */
  input: Tensor;
  attentionNorm: NormActivations;
  attention: AttentionActivations;
  attentionPostNorm: NormActivations;
  /** [E, Q·B], as is what follows */
  afterAttention: Tensor;
  feedForwardNorm: NormActivations;
  feedForward: GemmaFeedForwardActivations;
  feedForwardPostNorm: NormActivations;
  output: Tensor;
};

export type GemmaActivations = {
  layers: GemmaLayerActivations[];
  outputNorm: NormActivations;
  /** [E, P·B] with a selection, else [E, N]: the last hidden state after the final norm. */
  hidden: Tensor;
};

/** Builds the whole pass into the context of `ops` and returns every named intermediate. */
export function buildGemma(
  ops: TensorOps,
  model: GemmaModel,
  inputs: GraphInputs,
  options: GemmaOptions,
): GemmaActivations {
  const { width, rmsEpsilon } = model.config;
  let current = ops.scale(ops.getRows(model.tokenEmbedding, inputs.tokens), Math.sqrt(width));
  const layers: GemmaLayerActivations[] = [];
  for (const [index, layer] of model.layers.entries()) {
    const selection = index === model.layers.length - 1 ? inputs.selection : null;
    const built = buildLayer(ops, model, layer, current, inputs, selection, options);
    layers.push(built);
    current = built.output.named(`layer.${index}`);
  }
  const outputNorm = buildNorm(ops, current, model.outputNorm, rmsEpsilon);
  return { layers, outputNorm, hidden: outputNorm.output.named('hidden') };
}

/** The dense layers behind the pooled vectors, where there are any: [E, n] → [E, n]. */
export function buildDense(ops: TensorOps, { dense }: GemmaModel, pooled: Tensor): Tensor {
  return dense.reduce((current, weight) => ops.mulMat(weight, current), pooled);
}

/** x → x + norm(attention(norm(x))) → + norm(feedForward(norm(·))); with a selection only its columns leave the layer. */
function buildLayer(
  ops: TensorOps,
  model: GemmaModel,
  layer: GemmaLayer,
  input: Tensor,
  inputs: GraphInputs,
  selection: Selection | null,
  options: GemmaOptions,
): GemmaLayerActivations {
  const normed = (x: Tensor, factor: Tensor) => buildNorm(ops, x, factor, model.config.rmsEpsilon);
  const chosen = (x: Tensor) => (selection ? ops.getRows(x, selection.rows) : x);
  const attentionNorm = normed(input, layer.attentionNorm);
  const attention = buildAttention(
    ops,
    attentionOf(model, layer, ops),
    attentionNorm.output,
    chosen(attentionNorm.output),
    seenBy(layer, inputs),
    selection && seenBy(layer, selection),
    options,
  );
  const attentionPostNorm = normed(attention.o.output, layer.attentionPostNorm);
  const afterAttention = ops.add(attentionPostNorm.output, chosen(input));
  const feedForwardNorm = normed(afterAttention, layer.feedForwardNorm);
  const feedForward = buildFeedForward(ops, layer, feedForwardNorm.output, options.lora, options.gelu);
  const feedForwardPostNorm = normed(feedForward.down.output, layer.feedForwardPostNorm);
  return {
    input,
    attentionNorm,
    attention,
    attentionPostNorm,
    afterAttention,
    feedForwardNorm,
    feedForward,
    feedForwardPostNorm,
    output: ops.add(feedForwardPostNorm.output, afterAttention),
  };
}

/** Local layers look through the window's mask. */
function seenBy<Masked extends { mask: Tensor | null; windowMask: Tensor | null }>(
  { isLocal }: GemmaLayer,
  masked: Masked,
): Masked {
  return isLocal ? { ...masked, mask: masked.windowMask } : masked;
}

/** Grouped-query attention with norms of each head's queries and keys, and rotations by whether the layer is local. */
export function attentionOf({ config }: GemmaModel, layer: GemmaLayer, ops: TensorOps): AttentionPart {
  const { q, k, v, o, headNorms, isLocal } = layer;
  const { headSize, headCount, kvHeadCount, attentionScale: scale, rope } = config;
  const rotate = (x: Tensor, positions: Tensor) =>
    ops.rope(x, positions, null, isLocal ? rope.local : rope.global);
  return { q, k, v, o, headSize, headCount, kvHeadCount, scale, headNorms, rotate };
}

/** down(gelu(gate x) · up x), the GeGLU of arXiv 2002.05202: [E, n] → [E, n] */
function buildFeedForward(
  ops: TensorOps,
  layer: GemmaLayer,
  input: Tensor,
  lora: LoraPairs | undefined,
  kind: GeluKind,
): GemmaFeedForwardActivations {
  const gate = buildLinear(ops, layer.gate, input, lora);
  const up = buildLinear(ops, layer.up, input, lora);
  const product = buildGeglu(ops, gate.output, up.output, kind);
  return { gate, up, product, down: buildLinear(ops, layer.down, product, lora) };
}
