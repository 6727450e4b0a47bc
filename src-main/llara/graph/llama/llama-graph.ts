/**
 * The forward pass of a model of llama, Qwen2 or Qwen3 architecture as a sequence of small build functions: the one definition that the
 * encoder runs and the trainer differentiates. No cache, no output head. Every intermediate that a backward pass needs is returned by name.
 *
 * Shapes in ggml's order (first extent contiguous): E width, d head size, H heads, G key/value heads, F feed-forward, T tokens per
 * sequence after padding, B sequences, N = T·B columns, P positions per sequence that the last layer computes, Q = T or P.
 */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { TensorOps } from '../../../native/ggml/tensor-ops.ts';
import { type AttentionActivations, type AttentionPart, buildAttention } from '../attention.ts';
import {
  buildLinear,
  buildNorm,
  type LinearActivations,
  type LoraPairs,
  type NormActivations,
} from '../blocks.ts';
import type { BuildOptions, GraphInputs, Selection } from '../graph-inputs.ts';
import type { LlamaLayer, LlamaModel } from './llama-model.ts';

export type FeedForwardActivations = {
  gate: LinearActivations;
  /** Where it is constant, its output is the bias alone, [F]. */
  up: LinearActivations;
  /** silu(gate) · up [F, Q·B] */
  product: Tensor;
  down: LinearActivations;
};

export type LayerActivations = {
  /** [E, N] */
  input: Tensor;
  attentionNorm: NormActivations;
  /** attentionNorm's output and the layer's input at the selected positions; the very same tensors without a selection. */
  queryNorm: Tensor;
  queryInput: Tensor;
  attention: AttentionActivations;
  /** [E, Q·B] */
  afterAttention: Tensor;
  feedForwardNorm: NormActivations;
  feedForward: FeedForwardActivations;
  /** [E, Q·B] */
  output: Tensor;
};

export type LlamaActivations = {
  /** [E, N] */
  embedded: Tensor;
  layers: LayerActivations[];
  outputNorm: NormActivations;
  /** [E, P·B] with a selection, else [E, N]: the last hidden state after the final norm. */
  hidden: Tensor;
};

/** Builds the whole pass into the context of `ops` and returns every named intermediate. */
export function buildLlama(
  ops: TensorOps,
  weights: LlamaModel,
  inputs: GraphInputs,
  options: BuildOptions = {},
): LlamaActivations {
  const embedded = ops.getRows(weights.tokenEmbedding, inputs.tokens).named('embedded');
  const layers: LayerActivations[] = [];
  let current = embedded;
  for (const [index, layer] of weights.layers.entries()) {
    const isLast = index === weights.layers.length - 1;
    const built = buildLayer(ops, weights, layer, current, inputs, isLast ? inputs.selection : null, options);
    built.output.named(`layer.${index}`);
    layers.push(built);
    current = built.output;
  }
  const outputNorm = buildNorm(ops, current, weights.outputNorm, weights.config.rmsEpsilon);
  return { embedded, layers, outputNorm, hidden: outputNorm.output.named('hidden') };
}

/** x → x + attention(norm(x)) → + feedForward(norm(·)); with a selection only its columns leave the layer. */
export function buildLayer(
  ops: TensorOps,
  weights: LlamaModel,
  layer: LlamaLayer,
  input: Tensor,
  inputs: GraphInputs,
  selection: Selection | null,
  options: BuildOptions,
): LayerActivations {
  const { rmsEpsilon } = weights.config;
  const attentionNorm = buildNorm(ops, input, layer.attentionNorm, rmsEpsilon);
  const queryNorm = selection ? ops.getRows(attentionNorm.output, selection.rows) : attentionNorm.output;
  const queryInput = selection ? ops.getRows(input, selection.rows) : input;
  const attention = buildAttention(
    ops,
    attentionOf(weights, layer, ops),
    attentionNorm.output,
    queryNorm,
    inputs,
    selection,
    options,
  );
  const afterAttention = ops.add(attention.o.output, queryInput);
  const feedForwardNorm = buildNorm(ops, afterAttention, layer.feedForwardNorm, rmsEpsilon);
  const feedForward = buildFeedForward(ops, layer, feedForwardNorm.output, options.lora);
  const output = ops.add(feedForward.down.output, afterAttention);
  return {
    input,
    attentionNorm,
    queryNorm,
    queryInput,
    attention,
    afterAttention,
    feedForwardNorm,
    feedForward,
    output,
  };
}

/** Grouped-query attention with rotary positions (RoPE), in Qwen3 with norms of each head's queries and keys. */
export function attentionOf(
  { config, ropeFactors }: LlamaModel,
  { q, k, v, o, headNorms }: LlamaLayer,
  ops: TensorOps,
): AttentionPart {
  const { headSize, headCount, kvHeadCount, attentionScale: scale } = config;
  const rotate = (x: Tensor, positions: Tensor) => ops.rope(x, positions, ropeFactors, config.rope);
  return { q, k, v, o, headSize, headCount, kvHeadCount, scale, headNorms, rotate };
}

/** down(silu(gate x) · up x): [E, n] → [E, n] */
export function buildFeedForward(
  ops: TensorOps,
  layer: LlamaLayer,
  input: Tensor,
  lora: LoraPairs | undefined,
): FeedForwardActivations {
  const gate = buildLinear(ops, layer.gate, input, lora);
  const isConstant = layer.isUpConstant && !lora?.has(layer.up.name);
  const up = isConstant
    ? { input, loraHidden: null, output: layer.up.bias as Tensor }
    : buildLinear(ops, layer.up, input, lora);
  const product = isConstant ? ops.mul(ops.silu(gate.output), up.output) : ops.swiglu(gate.output, up.output);
  return { gate, up, product, down: buildLinear(ops, layer.down, product, lora) };
}
