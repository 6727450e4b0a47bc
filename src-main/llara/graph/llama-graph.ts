/**
 * The forward pass of a llama-architecture model as a sequence of small build functions: the one definition that the encoder
 * runs and the trainer differentiates. No cache, no output head. Every intermediate that a backward pass needs is returned by name.
 *
 * Shapes in ggml's order (first extent contiguous): E width, d head size, H heads, G key/value heads, F feed-forward, T tokens per
 * sequence after padding, B sequences, N = T·B columns, P positions per sequence that the last layer computes. Softmax attention may
 * see its keys and queries spread with padding between sequences, since kernels are slow where extents are no multiples of 16.
 */
import type { Tensor } from '../../native/ggml/tensor.ts';
import type { TensorOps } from '../../native/ggml/tensor-ops.ts';
import {
  type AttentionKind,
  buildLinear,
  buildSoftmaxAttention,
  joinHeads,
  type LinearActivations,
  type LoraPairs,
  viewHeads,
} from './blocks.ts';
import type { LlamaConfig } from './llama-config.ts';
import type { LlamaLayer, LlamaModel } from './llama-model.ts';

/** Tensors that a batch is fed through; `packBatch` makes the numbers. */
export type LlamaInputs = {
  tokensPerSequence: number;
  sequenceCount: number;
  /** i32 [N] */
  tokens: Tensor;
  /** i32 [N] */
  positions: Tensor;
  /** Additive, 0 or -inf: [T keys, T queries, 1, B or 1], or the spread's length for both; f16 for flash attention, else f32. */
  mask: Tensor;
  /** Null where attention takes columns as they are. */
  spread: SpreadInputs | null;
  /** Restricts the last layer to P positions per sequence; null computes all. */
  selection: Selection | null;
};

export type Selection = {
  positionsPerSequence: number;
  /** i32 [P·B], indices into the N columns. */
  rows: Tensor;
  /** i32 [P·B] */
  positions: Tensor;
  /** [T keys, P queries, 1, B or 1], or the spreads' lengths */
  mask: Tensor;
  spread: SpreadInputs | null;
};

/** See `Spread` in batch-packing.ts. */
export type SpreadInputs = { length: number; columns: Tensor; places: Tensor };

export type BuildOptions = { lora?: LoraPairs; attention?: AttentionKind };

export type NormActivations = { input: Tensor; normalised: Tensor; output: Tensor };

export type AttentionActivations = {
  q: LinearActivations;
  k: LinearActivations;
  v: LinearActivations;
  /** [d, Q, H, B] after rotation, contiguous; Q is T or P, or the length they are spread to, as T is below. */
  queries: Tensor;
  /** [d, T, G, B] after rotation, contiguous. */
  keys: Tensor;
  /** [T, d, G, B] contiguous for softmax attention, [d, T, G, B] for flash attention. */
  values: Tensor;
  /** [T keys, Q, H, B]; null under flash attention, which never forms it. */
  probabilities: Tensor | null;
  /** [E', Q·B] with E' = d·H */
  mixed: Tensor;
  o: LinearActivations;
};

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
  inputs: LlamaInputs,
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
  inputs: LlamaInputs,
  selection: Selection | null,
  options: BuildOptions,
): LayerActivations {
  const { rmsEpsilon } = weights.config;
  const attentionNorm = buildNorm(ops, input, layer.attentionNorm, rmsEpsilon);
  const queryNorm = selection ? ops.getRows(attentionNorm.output, selection.rows) : attentionNorm.output;
  const queryInput = selection ? ops.getRows(input, selection.rows) : input;
  const attention = buildAttention(
    ops,
    weights,
    layer,
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

/** RMS norm over E, then the learnt factor: [E, n] → [E, n]. */
export function buildNorm(ops: TensorOps, input: Tensor, factor: Tensor, epsilon: number): NormActivations {
  const normalised = ops.rmsNorm(input, epsilon);
  return { input, normalised, output: ops.mul(normalised, factor) };
}

/** Grouped-query attention of `queryInput`'s columns over all of `keyInput`'s: [E, N], [E, Q·B] → [E, Q·B]. */
export function buildAttention(
  ops: TensorOps,
  weights: LlamaModel,
  layer: LlamaLayer,
  keyInput: Tensor,
  queryInput: Tensor,
  inputs: LlamaInputs,
  selection: Selection | null,
  options: BuildOptions,
): AttentionActivations {
  const { config, ropeFactors } = weights;
  const { headCount, kvHeadCount, headSize, attentionScale } = config;
  const { tokensPerSequence: tokens, sequenceCount: batch } = inputs;
  const queryCount = selection?.positionsPerSequence ?? tokens;
  const querySpread = selection ? selection.spread : inputs.spread;
  const q = buildLinear(ops, layer.q, queryInput, options.lora);
  const k = buildLinear(ops, layer.k, keyInput, options.lora);
  const v = buildLinear(ops, layer.v, keyInput, options.lora);

  const rotate = (x: Tensor, heads: number, columns: number, positions: Tensor) =>
    ops.rope(ops.reshape(x, headSize, heads, columns, 1), positions, ropeFactors, config.rope);
  const rotatedQ = rotate(q.output, headCount, queryCount * batch, selection?.positions ?? inputs.positions);
  const rotatedK = rotate(k.output, kvHeadCount, tokens * batch, inputs.positions);
  const queries = splitHeads(ops, rotatedQ, config, headCount, queryCount, batch, querySpread);
  const keys = splitHeads(ops, rotatedK, config, kvHeadCount, tokens, batch, inputs.spread);
  const mask = selection?.mask ?? inputs.mask;
  const mixedWidth = headSize * headCount;

  if (options.attention === 'flash') {
    const values = splitHeads(ops, v.output, config, kvHeadCount, tokens, batch, null);
    const attended = ops.flashAttention(queries, keys, values, mask, attentionScale);
    const mixed = ops.reshape(attended, mixedWidth, queryCount * batch);
    const o = buildLinear(ops, layer.o, mixed, options.lora);
    return { q, k, v, queries, keys, values, probabilities: null, mixed, o };
  }
  const perHead = ops.reshape(
    spreadColumns(ops, v.output, inputs.spread),
    headSize,
    kvHeadCount,
    inputs.spread?.length ?? tokens,
    batch,
  );
  const values = ops.cont(ops.permute(perHead, 1, 2, 0, 3));
  const { probabilities, attended } = buildSoftmaxAttention(
    ops,
    { queries, keys, values },
    mask,
    attentionScale,
  );
  const joined = joinHeads(ops, attended);
  const mixed = querySpread ? ops.getRows(joined, querySpread.places) : joined;
  const o = buildLinear(ops, layer.o, mixed, options.lora);
  return { q, k, v, queries, keys, values, probabilities, mixed, o };
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

/** [n, count·B] → [n, spread.length·B] */
function spreadColumns(ops: TensorOps, x: Tensor, spread: SpreadInputs | null): Tensor {
  return spread ? ops.getRows(x, spread.columns) : x;
}

/** [d·heads, count·B] (any shape of that size) → [d, count, heads, B], contiguous: ggml's fast kernels ask for it. */
function splitHeads(
  ops: TensorOps,
  x: Tensor,
  config: LlamaConfig,
  heads: number,
  count: number,
  batch: number,
  spread: SpreadInputs | null,
): Tensor {
  const columns = spreadColumns(ops, ops.reshape(x, config.headSize * heads, count * batch), spread);
  return ops.cont(viewHeads(ops, columns, config.headSize, heads, spread?.length ?? count));
}
