/**
 * The forward pass of BERT (arXiv 1810.04805) as llama.cpp computes it: token, position and type embeddings, then per layer
 * attention in both directions and a feed-forward, each added to its input and normalised. The one definition that the encoder runs
 * and the trainer differentiates; every intermediate that a backward pass needs is returned by name. Shapes as in llama-graph.ts.
 */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { TensorOps } from '../../../native/ggml/tensor-ops.ts';
import { type AttentionActivations, buildAttention } from '../attention.ts';
import {
  buildGelu,
  buildLayerNorm,
  buildLinear,
  type GeluKind,
  type LinearActivations,
  type LoraPairs,
} from '../blocks.ts';
import type { BuildOptions, GraphInputs, Selection } from '../graph-inputs.ts';
import type { BertLayer, BertModel, RankingHead } from './bert-model.ts';

export type BertOptions = BuildOptions & { gelu: GeluKind };

/** norm(input): what was added up, and what it became. */
export type LayerNormActivations = { input: Tensor; output: Tensor };

export type BertFeedForwardActivations = {
  up: LinearActivations;
  /** gelu(up) [F, Q·B] */
  inner: Tensor;
  down: LinearActivations;
};

export type BertLayerActivations = {
  /** [E, N] */
  input: Tensor;
  attention: AttentionActivations;
  /** [E, Q·B], as is what follows */
  attentionNorm: LayerNormActivations;
  feedForward: BertFeedForwardActivations;
  outputNorm: LayerNormActivations;
};

export type BertActivations = {
  layers: BertLayerActivations[];
  /** [E, P·B] with a selection, else [E, N]: the last hidden state. */
  hidden: Tensor;
};

/** Builds the whole pass into the context of `ops` and returns every named intermediate. */
export function buildBert(
  ops: TensorOps,
  model: BertModel,
  inputs: GraphInputs,
  options: BertOptions,
): BertActivations {
  const layers: BertLayerActivations[] = [];
  let hidden = buildEmbedding(ops, model, inputs);
  for (const [index, layer] of model.layers.entries()) {
    const selection = index === model.layers.length - 1 ? inputs.selection : null;
    const built = buildLayer(ops, model, layer, hidden, inputs, selection, options);
    layers.push(built);
    hidden = built.outputNorm.output.named(`layer.${index}`);
  }
  return { layers, hidden: hidden.named('hidden') };
}

/** outer tanh(inner x): [E, B] → [1, B]; tanh(x) = 2 σ(2x) − 1 */
export function buildRankingHead(ops: TensorOps, { inner, outer }: RankingHead, pooled: Tensor): Tensor {
  const squashed = (x: Tensor) => ops.scaleBias(ops.sigmoid(ops.scale(x, 2)), 2, -1);
  const hidden = inner ? squashed(buildLinear(ops, inner, pooled, undefined).output) : pooled;
  return buildLinear(ops, outer, hidden, undefined).output;
}

/** norm(token + position + type): [E, N]; the type is "sentence A" where a text stands alone. */
function buildEmbedding(ops: TensorOps, model: BertModel, { tokens, positions, types }: GraphInputs): Tensor {
  const { width, normEpsilon } = model.config;
  const placed = ops.add(
    ops.getRows(model.tokenEmbedding, tokens),
    ops.getRows(model.positionEmbedding, positions),
  );
  if (!model.typeEmbedding) return buildLayerNorm(ops, placed, model.embeddingNorm, normEpsilon);
  const type = types ? ops.getRows(model.typeEmbedding, types) : ops.view(model.typeEmbedding, [width], []);
  return buildLayerNorm(ops, ops.add(placed, type), model.embeddingNorm, normEpsilon);
}

/** x → norm(x + attention(x)) → norm(· + feedForward(·)); with a selection only its columns leave the layer. */
function buildLayer(
  ops: TensorOps,
  model: BertModel,
  layer: BertLayer,
  input: Tensor,
  inputs: GraphInputs,
  selection: Selection | null,
  options: BertOptions,
): BertLayerActivations {
  const queryInput = selection ? ops.getRows(input, selection.rows) : input;
  const part = attentionOf(model, layer);
  const attention = buildAttention(ops, part, input, queryInput, inputs, selection, options);
  const normed = (sum: Tensor, norm: BertLayer['outputNorm']) => ({
    input: sum,
    output: buildLayerNorm(ops, sum, norm, model.config.normEpsilon),
  });
  const attentionNorm = normed(ops.add(attention.o.output, queryInput), layer.attentionNorm);
  const feedForward = buildFeedForward(ops, layer, attentionNorm.output, options.lora, options.gelu);
  const outputNorm = normed(ops.add(feedForward.down.output, attentionNorm.output), layer.outputNorm);
  return { input, attention, attentionNorm, feedForward, outputNorm };
}

/** Each head with keys and values of its own; positions are in the embedding. */
export function attentionOf({ config }: BertModel, { q, k, v, o }: BertLayer) {
  const { headSize, headCount } = config;
  return {
    q,
    k,
    v,
    o,
    headSize,
    headCount,
    kvHeadCount: headCount,
    scale: 1 / Math.sqrt(headSize),
    headNorms: null,
    rotate: null,
  };
}

/** down(gelu(up x)): [E, n] → [E, n] */
function buildFeedForward(
  ops: TensorOps,
  layer: BertLayer,
  input: Tensor,
  lora: LoraPairs | undefined,
  kind: GeluKind,
): BertFeedForwardActivations {
  const up = buildLinear(ops, layer.up, input, lora);
  const inner = buildGelu(ops, up.output, kind);
  return { up, inner, down: buildLinear(ops, layer.down, inner, lora) };
}
