/**
 * llama, Qwen2, Qwen3 and Gemma 3 with LoRA in plain numbers of 64 bits, from a GGUF file's tensors: what the trainer's gradients are
 * compared with. Written from the papers' formulas and not from the graphs: loops over heads, queries and keys, no padding, no masks.
 * Norms, biases and dense layers are those that the file has.
 */
import type { ReferencePairs, ReferenceTensors } from '../check-slopes.ts';
import { plus, referenceLinear, times } from './reference-linear.ts';

export type ReferenceDecoder = {
  width: number;
  headCount: number;
  kvHeadCount: number;
  headSize: number;
  layerCount: number;
  epsilon: number;
  /** Of LoRA pairs. */
  scale: number;
  embeddingScale: number;
  gate: 'silu' | 'gelu';
  /** Which two numbers of a head turn together: (2i, 2i + 1) or (i, i + d/2). */
  turns: 'neighbours' | 'halves';
  ropeBase: (layer: number) => number;
  sees: (layer: number, query: number, key: number) => boolean;
  tensors: ReferenceTensors;
};

/** Hidden states after the final norm, one row of `width` a token. */
export function referenceDecoder(
  model: ReferenceDecoder,
  pairs: ReferencePairs,
  tokens: ArrayLike<number>,
): Float64Array[] {
  const { width, layerCount, embeddingScale, tensors } = model;
  const table = tensors.get('token_embd.weight') as Float64Array;
  let hidden: Float64Array[] = Array.from(tokens, (token) =>
    table.slice(token * width, (token + 1) * width).map((value) => value * embeddingScale),
  );
  for (let layer = 0; layer < layerCount; layer++) {
    const part = (name: string) => `blk.${layer}.${name}`;
    const product = (name: string, x: Float64Array) => referenceLinear(model, pairs, part(name), x);
    const norm = (name: string, x: Float64Array) => rmsNorm(model, part(name), x);
    const normed = hidden.map((x) => norm('attn_norm', x));
    const products = (name: string) => normed.map((x) => product(name, x));
    const attended = attend(model, layer, products('attn_q'), products('attn_k'), products('attn_v'));
    hidden = hidden.map((x, at) => {
      const after = plus(x, norm('post_attention_norm', product('attn_output', attended[at]!)));
      const inner = norm('ffn_norm', after);
      const gate = product('ffn_gate', inner).map(model.gate === 'silu' ? silu : gelu);
      const gated = product('ffn_up', inner).map((value, index) => value * gate[index]!);
      return plus(after, norm('post_ffw_norm', product('ffn_down', gated)));
    });
  }
  return hidden.map((x) => rmsNorm(model, 'output_norm', x));
}

/** The dense layers behind the pooled vector. */
export function referenceDense({ tensors }: ReferenceDecoder, pooled: Float64Array): Float64Array {
  return ['dense_2.weight', 'dense_3.weight'].reduce((current, name) => {
    const weight = tensors.get(name);
    return weight ? times(weight, current) : current;
  }, pooled);
}

/** Nothing where the file has no such norm. */
function rmsNorm({ tensors, epsilon }: ReferenceDecoder, name: string, x: Float64Array): Float64Array {
  const factor = tensors.get(`${name}.weight`);
  if (!factor) return x;
  let square = epsilon;
  for (const value of x) square += value ** 2 / x.length;
  return x.map((value, at) => (value / Math.sqrt(square)) * factor[at]!);
}

/** softmax(q·k / √d) over the keys that a query sees, head by head; neighbouring query heads share a key head. */
function attend(
  model: ReferenceDecoder,
  layer: number,
  q: readonly Float64Array[],
  k: readonly Float64Array[],
  v: readonly Float64Array[],
): Float64Array[] {
  const { headCount, kvHeadCount, headSize, sees } = model;
  const headOf = (x: Float64Array, head: number) => x.slice(head * headSize, (head + 1) * headSize);
  const turned = (name: string, x: readonly Float64Array[], heads: number) =>
    x.map((row, position) =>
      Array.from({ length: heads }, (_, head) =>
        turn(model, layer, rmsNorm(model, `blk.${layer}.${name}`, headOf(row, head)), position),
      ),
    );
  const queries = turned('attn_q_norm', q, headCount);
  const keys = turned('attn_k_norm', k, kvHeadCount);
  return queries.map((heads, at) => {
    const mixed = new Float64Array(headSize * headCount);
    heads.forEach((query, head) => {
      const shared = Math.floor((head * kvHeadCount) / headCount);
      const raised = keys.map((key, other) =>
        sees(layer, at, other) ? Math.exp(dot(query, key[shared]!) / Math.sqrt(headSize)) : 0,
      );
      const total = raised.reduce((sum, value) => sum + value, 0);
      raised.forEach((share, other) => {
        for (let index = 0; index < headSize; index++)
          mixed[head * headSize + index]! += (share / total) * v[other]![shared * headSize + index]!;
      });
    });
    return mixed;
  });
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < x.length; at++) sum += x[at]! * y[at]!;
  return sum;
}

/** The rotation of arXiv 2104.09864: pair i by position · base^(−2i/d). */
function turn(
  { turns, ropeBase, headSize }: ReferenceDecoder,
  layer: number,
  x: Float64Array,
  position: number,
): Float64Array {
  const result = x.slice();
  for (let pair = 0; pair < headSize / 2; pair++) {
    const angle = position * ropeBase(layer) ** ((-2 * pair) / headSize);
    const [first, second] = turns === 'halves' ? [pair, pair + headSize / 2] : [2 * pair, 2 * pair + 1];
    result[first] = x[first]! * Math.cos(angle) - x[second]! * Math.sin(angle);
    result[second] = x[first]! * Math.sin(angle) + x[second]! * Math.cos(angle);
  }
  return result;
}

const silu = (x: number) => x / (1 + Math.exp(-x));

/** The form with tanh. */
const gelu = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
