/**
 * The vocabulary that the forward graphs are written in: products, norms, heads, attention and pooling, each a small function from
 * tensors to tensors. What an architecture does with them stands in its own file.
 *
 * Shapes in ggml's order (first extent contiguous): E width, d head size, H heads, G key/value heads, T tokens per sequence after
 * padding, B sequences, N = T·B columns.
 */
import type { Tensor } from '../../native/ggml/tensor.ts';
import type { TensorOps } from '../../native/ggml/tensor-ops.ts';

/** y = W x (+ b); W is [input, output] in ggml's order. `name` is the GGUF tensor's, by which LoRA pairs are found. */
export type Linear = { name: string; weight: Tensor; bias: Tensor | null };

/** One LoRA pair: y += scale · B (A x), A [input, r], B [r, output]. */
export type LoraPair = { a: Tensor; b: Tensor; scale: number };

/** Pairs by the GGUF name of the weight they belong to. */
export type LoraPairs = ReadonlyMap<string, LoraPair>;

export type AttentionKind = 'softmax' | 'flash';

/** The linear maps of a layer of any architecture. */
export function linearsIn(layer: object): Linear[] {
  return Object.values(layer).filter(isLinear);
}

/** The layer with the weight of every linear map exchanged. */
export function withWeights<Layer extends object>(layer: Layer, copyOf: (weight: Tensor) => Tensor): Layer {
  const parts = Object.entries(layer).map(([name, part]) => [
    name,
    isLinear(part) ? { ...part, weight: copyOf(part.weight) } : part,
  ]);
  return Object.fromEntries(parts) as Layer;
}

function isLinear(part: unknown): part is Linear {
  return typeof part === 'object' && part !== null && 'weight' in part;
}

export type LinearActivations = { input: Tensor; loraHidden: Tensor | null; output: Tensor };

/** [input, n] → [output, n] */
export function buildLinear(
  ops: TensorOps,
  linear: Linear,
  input: Tensor,
  lora: LoraPairs | undefined,
): LinearActivations {
  let output = ops.mulMat(linear.weight, input);
  const pair = lora?.get(linear.name);
  let loraHidden: Tensor | null = null;
  if (pair !== undefined) {
    loraHidden = ops.scale(ops.mulMat(pair.a, input), pair.scale);
    output = ops.add(output, ops.mulMat(pair.b, loraHidden));
  }
  if (linear.bias !== null) output = ops.add(output, linear.bias);
  return { input, loraHidden, output };
}

export type NormActivations = { input: Tensor; output: Tensor };

/** RMS norm over the first extent, then the learnt factor: [n, …] → [n, …]. */
export function buildNorm(ops: TensorOps, input: Tensor, factor: Tensor, epsilon: number): NormActivations {
  return { input, output: ops.mul(ops.rmsNorm(input, epsilon), factor) };
}

export type LayerNorm = { factor: Tensor; offset: Tensor };

/** Mean 0 and variance 1 over E, then the learnt factor and offset: [E, n] → [E, n]. */
export function buildLayerNorm(
  ops: TensorOps,
  input: Tensor,
  { factor, offset }: LayerNorm,
  epsilon: number,
): Tensor {
  return ops.add(ops.mul(ops.norm(input, epsilon), factor), offset);
}

export type GeluKind = 'operation' | 'composed';

/**
 * GELU in the form with tanh, [n] → [n]. ggml's own operation looks each number up in a table on the CPU; composed of operations that
 * it computes many numbers at a time it takes a third of the time there: ½(1 + tanh u) is the logistic of 2u, so with
 * t = √(8/π)·(1 + 0.044715 x²) the result is silu(x·t) / t.
 */
export function buildGelu(ops: TensorOps, x: Tensor, kind: GeluKind): Tensor {
  if (kind === 'operation') return ops.gelu(x);
  const t = tanhSlope(ops, ops.sqr(x), 1);
  return ops.div(ops.silu(ops.mul(x, t)), t);
}

/** gelu(gate) · up, [n] → [n]. With t as above: silu(gate·t) · up / t. */
export function buildGeglu(ops: TensorOps, gate: Tensor, up: Tensor, kind: GeluKind): Tensor {
  if (kind === 'operation') return ops.geglu(gate, up);
  const t = tanhSlope(ops, ops.sqr(gate), 1);
  return ops.div(ops.swiglu(ops.mul(gate, t), up), t);
}

/** √(8/π)·(1 + power · 0.044715 x²): 2u / x for power 1, the derivative of 2u for power 3. */
export function tanhSlope(ops: TensorOps, square: Tensor, power: 1 | 3): Tensor {
  const root = Math.sqrt(8 / Math.PI);
  return ops.scaleBias(square, power * 0.044715 * root, root);
}

/** [d·heads, count·B] (any shape of that size) → a view [d, count, heads, B]. */
export function viewHeads(ops: TensorOps, x: Tensor, headSize: number, heads: number, count: number): Tensor {
  const batch = x.elementCount / (headSize * heads * count);
  return ops.permute(ops.reshape(x, headSize, heads, count, batch), 0, 2, 1, 3);
}

/** [d, count, H, B] → [d·H, count·B] */
export function joinHeads(ops: TensorOps, attended: Tensor): Tensor {
  const [headSize, count, heads, batch] = attended.shape;
  return ops.reshape(ops.cont(ops.permute(attended, 0, 2, 1, 3)), headSize * heads, count * batch);
}

/** softmax(scale · K q + mask) and its sum of the values: K [d, T, G, B], q [d, Q, H, B], values [T, d, G, B] → [d, Q, H, B]. */
export function buildSoftmaxAttention(
  ops: TensorOps,
  { queries, keys, values }: { queries: Tensor; keys: Tensor; values: Tensor },
  mask: Tensor | null,
  scale: number,
): { probabilities: Tensor; attended: Tensor } {
  const probabilities = ops.softMaxExt(ops.mulMat(keys, queries), mask, scale);
  return { probabilities, attended: ops.mulMat(values, probabilities) };
}

/** Weighted means over each sequence's P positions, G of them: hidden [E, P·B], weights f32 [P, G, B] → [E, G·B]. */
export function buildPooling(
  ops: TensorOps,
  hidden: Tensor,
  poolWeights: Tensor,
  sequenceCount: number,
): Tensor {
  const [width, columns] = hidden.shape;
  const perSequence = ops.reshape(hidden, width, columns / sequenceCount, sequenceCount, 1);
  const positionsFirst = ops.cont(ops.transpose(perSequence));
  return ops.reshape(ops.mulMat(positionsFirst, poolWeights), width, poolWeights.shape[1] * sequenceCount);
}
