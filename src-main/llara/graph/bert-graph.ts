/**
 * The forward pass of BERT (arXiv 1810.04805) as llama.cpp computes it: token, position and type embeddings, then per layer
 * attention in both directions and a feed-forward, each added to its input and normalised. Shapes as in blocks.ts.
 */
import type { Tensor } from '../../native/ggml/tensor.ts';
import type { TensorOps } from '../../native/ggml/tensor-ops.ts';
import type { BertLayer, BertModel } from './bert-model.ts';
import {
  type AttentionKind,
  buildGelu,
  buildLayerNorm,
  buildLinear,
  buildSoftmaxAttention,
  type GeluKind,
  joinHeads,
  type LoraPairs,
  viewHeads,
} from './blocks.ts';

export type BertInputs = {
  tokensPerSequence: number;
  /** i32 [N] */
  tokens: Tensor;
  /** i32 [N] */
  positions: Tensor;
  /** f16, 0 or -inf: [T keys, T queries, 1, B]; null where no sequence is padded. */
  mask: Tensor | null;
  /** i32 [P·B], the columns whose hidden state is wanted; null for all. */
  rows: Tensor | null;
};

export type BertOptions = { lora?: LoraPairs; attention: AttentionKind; gelu: GeluKind };

/** The last hidden state: [E, P·B], or [E, N] for all columns. */
export function buildBert(
  ops: TensorOps,
  model: BertModel,
  inputs: BertInputs,
  options: BertOptions,
): Tensor {
  let hidden = buildEmbedding(ops, model, inputs);
  for (const [index, layer] of model.layers.entries()) {
    const rows = index === model.layers.length - 1 ? inputs.rows : null;
    hidden = buildLayer(ops, model, layer, hidden, { ...inputs, rows }, options).named(`layer.${index}`);
  }
  return hidden.named('hidden');
}

/** norm(token + position + type "sentence A"): [E, N] */
function buildEmbedding(ops: TensorOps, model: BertModel, { tokens, positions }: BertInputs): Tensor {
  const { width, normEpsilon } = model.config;
  const placed = ops.add(
    ops.getRows(model.tokenEmbedding, tokens),
    ops.getRows(model.positionEmbedding, positions),
  );
  const typed = model.typeEmbedding ? ops.add(placed, ops.view(model.typeEmbedding, [width], [])) : placed;
  return buildLayerNorm(ops, typed, model.embeddingNorm, normEpsilon);
}

/** x → norm(x + attention(x)) → norm(· + feedForward(·)); only the chosen columns leave the layer. */
function buildLayer(
  ops: TensorOps,
  { config }: BertModel,
  layer: BertLayer,
  input: Tensor,
  inputs: BertInputs,
  options: BertOptions,
): Tensor {
  const chosen = (x: Tensor) => (inputs.rows ? ops.getRows(x, inputs.rows) : x);
  const linear = (part: BertLayer['q'], x: Tensor) => buildLinear(ops, part, x, options.lora).output;
  const heads = (x: Tensor) => viewHeads(ops, x, config.headSize, config.headCount, inputs.tokensPerSequence);
  const mixed = buildAttention(
    ops,
    heads(linear(layer.q, input)),
    heads(linear(layer.k, input)),
    heads(linear(layer.v, input)),
    inputs.mask,
    options.attention,
  );
  const attended = ops.add(linear(layer.o, chosen(mixed)), chosen(input));
  const normalised = buildLayerNorm(ops, attended, layer.attentionNorm, config.normEpsilon);
  const inner = buildGelu(ops, linear(layer.up, normalised), options.gelu);
  const output = ops.add(linear(layer.down, inner), normalised);
  return buildLayerNorm(ops, output, layer.outputNorm, config.normEpsilon);
}

/** Every column over its whole sequence: views [d, T, H, B] → [E, N] */
function buildAttention(
  ops: TensorOps,
  queries: Tensor,
  keys: Tensor,
  values: Tensor,
  mask: Tensor | null,
  kind: AttentionKind,
): Tensor {
  const [headSize, tokens, heads, batch] = queries.shape;
  const scale = 1 / Math.sqrt(headSize);
  if (kind === 'flash') {
    const attended = ops.flashAttention(queries, keys, values, mask, scale);
    return ops.reshape(attended, headSize * heads, tokens * batch);
  }
  const contiguous = {
    queries: ops.cont(queries),
    keys: ops.cont(keys),
    values: ops.cont(ops.permute(values, 1, 0, 2, 3)),
  };
  return joinHeads(ops, buildSoftmaxAttention(ops, contiguous, mask, scale).attended);
}
