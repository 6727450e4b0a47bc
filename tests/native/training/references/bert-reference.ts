/**
 * BERT with LoRA in plain numbers of 64 bits, from a GGUF file's tensors: what the trainer's gradients are compared with. Written from the
 * paper's formulas and not from the graph: loops over heads, queries and keys, no padding, no masks.
 */
import type { ReferencePairs, ReferenceTensors } from '../check-slopes.ts';
import { plus, referenceLinear } from './reference-linear.ts';

export type ReferenceModel = {
  width: number;
  headCount: number;
  layerCount: number;
  epsilon: number;
  scale: number;
  tensors: ReferenceTensors;
};

/** Hidden states of the last layer, one row of `width` a token. */
export function referenceBert(
  model: ReferenceModel,
  pairs: ReferencePairs,
  tokens: ArrayLike<number>,
): Float64Array[] {
  const { width, layerCount } = model;
  const tables = ['token_embd.weight', 'position_embd.weight', 'token_types.weight'].map((name) =>
    model.tensors.get(name),
  );
  let hidden = Array.from(tokens, (token, position) => {
    const sum = new Float64Array(width);
    [token, position, 0].forEach((row, table) => {
      const values = tables[table];
      for (let at = 0; values && at < width; at++) sum[at]! += values[row * width + at]!;
    });
    return layerNorm(model, 'token_embd_norm', sum);
  });
  for (let layer = 0; layer < layerCount; layer++) {
    const part = (name: string) => `blk.${layer}.${name}`;
    const [q, k, v] = ['attn_q', 'attn_k', 'attn_v'].map((name) =>
      hidden.map((x) => referenceLinear(model, pairs, part(name), x)),
    ) as [Float64Array[], Float64Array[], Float64Array[]];
    const attended = attend(model, q, k, v);
    hidden = hidden.map((x, at) => {
      const mixed = referenceLinear(model, pairs, part('attn_output'), attended[at]!);
      const normed = layerNorm(model, part('attn_output_norm'), plus(x, mixed));
      const inner = referenceLinear(model, pairs, part('ffn_up'), normed).map(gelu);
      const output = referenceLinear(model, pairs, part('ffn_down'), inner);
      return layerNorm(model, part('layer_output_norm'), plus(normed, output));
    });
  }
  return hidden;
}

function layerNorm(model: ReferenceModel, name: string, x: Float64Array): Float64Array {
  let mean = 0;
  for (const value of x) mean += value / x.length;
  let variance = model.epsilon;
  for (const value of x) variance += (value - mean) ** 2 / x.length;
  const factor = model.tensors.get(`${name}.weight`) as Float64Array;
  const offset = model.tensors.get(`${name}.bias`) as Float64Array;
  const result = new Float64Array(x.length);
  for (let at = 0; at < x.length; at++)
    result[at] = ((x[at]! - mean) / Math.sqrt(variance)) * factor[at]! + offset[at]!;
  return result;
}

/** softmax(q·k / √d) over all tokens of the text, head by head. */
function attend(
  { width, headCount }: ReferenceModel,
  q: readonly Float64Array[],
  k: readonly Float64Array[],
  v: readonly Float64Array[],
): Float64Array[] {
  const size = width / headCount;
  return q.map((query) => {
    const mixed = new Float64Array(width);
    for (let from = 0; from < width; from += size) {
      let total = 0;
      const scores = k.map((key) => {
        let score = 0;
        for (let at = from; at < from + size; at++) score += query[at]! * key[at]!;
        const raised = Math.exp(score / Math.sqrt(size));
        total += raised;
        return raised;
      });
      v.forEach((value, token) => {
        const share = scores[token]! / total;
        for (let at = from; at < from + size; at++) mixed[at]! += share * value[at]!;
      });
    }
    return mixed;
  });
}

/** The form with tanh, which llama.cpp computes for this architecture. */
function gelu(x: number): number {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}
