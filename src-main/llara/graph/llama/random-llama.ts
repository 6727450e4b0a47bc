/**
 * Writes a model of llama, Qwen2 or Qwen3 architecture with random but reproducible weights into a GGUF writer: what a device probe
 * computes when no model is at hand, and what tests and benches build upon. It means nothing and is never shipped.
 */
import type { GgmlTypeName } from '../../../native/abi/ggml-h.ts';
import type { GgufWriter } from '../../../native/gguf/gguf-writer.ts';

export type RandomLlamaShape = {
  /** `llama` where absent. */
  architecture?: 'llama' | 'qwen2' | 'qwen3';
  layerCount: number;
  width: number;
  headCount: number;
  kvHeadCount: number;
  /** A share of the width where absent. */
  headSize?: number;
  feedForward: number;
  vocabulary: number;
  contextLength: number;
  type: GgmlTypeName;
  seed: number;
  /** Makes every ffn_up all zero, which leaves its bias. */
  isUpZero?: boolean;
};

/** Tensors that `writeRandomLlama` adds. */
export function randomLlamaTensorCount({
  architecture = 'llama',
  layerCount,
}: Pick<RandomLlamaShape, 'architecture' | 'layerCount'>): number {
  return 2 + { llama: 9, qwen2: 12, qwen3: 11 }[architecture] * layerCount;
}

/** Adds hyperparameters and tensors; the tokenizer is the caller's. */
export function writeRandomLlama(writer: GgufWriter, shape: RandomLlamaShape): void {
  const { architecture = 'llama', width, headCount, kvHeadCount, feedForward, vocabulary, type } = shape;
  const headSize = shape.headSize ?? width / headCount;
  const random = gaussian(shape.seed);
  writeHyperparameters(writer, shape, headSize);
  const matrix = (name: string, input: number, output: number) =>
    writer.addTensor(name, type, [input, output], random(input * output, 1.4 / Math.sqrt(input)));
  const norm = (name: string, size = width) => writer.addTensor(name, 'f32', [size], random(size, 0.1, 1));
  const bias = (name: string, size: number) => writer.addTensor(name, 'f32', [size], random(size, 0.5));
  writer.addTensor('token_embd.weight', type, [width, vocabulary], random(width * vocabulary, 0.5));
  for (let layer = 0; layer < shape.layerCount; layer += 1) {
    const name = (part: string) => `blk.${layer}.${part}.weight`;
    norm(name('attn_norm'));
    matrix(name('attn_q'), width, headSize * headCount);
    matrix(name('attn_k'), width, headSize * kvHeadCount);
    matrix(name('attn_v'), width, headSize * kvHeadCount);
    matrix(name('attn_output'), headSize * headCount, width);
    if (architecture === 'qwen2') {
      bias(`blk.${layer}.attn_q.bias`, headSize * headCount);
      bias(`blk.${layer}.attn_k.bias`, headSize * kvHeadCount);
      bias(`blk.${layer}.attn_v.bias`, headSize * kvHeadCount);
    }
    if (architecture === 'qwen3') {
      norm(name('attn_q_norm'), headSize);
      norm(name('attn_k_norm'), headSize);
    }
    norm(name('ffn_norm'));
    matrix(name('ffn_gate'), width, feedForward);
    if (shape.isUpZero)
      writer.addTensor(name('ffn_up'), type, [width, feedForward], new Float32Array(width * feedForward));
    else matrix(name('ffn_up'), width, feedForward);
    matrix(name('ffn_down'), feedForward, width);
  }
  norm('output_norm.weight');
}

function writeHyperparameters(writer: GgufWriter, shape: RandomLlamaShape, headSize: number): void {
  const { architecture = 'llama' } = shape;
  const key = (name: string) => `${architecture}.${name}`;
  writer
    .setString('general.architecture', architecture)
    .setString('general.name', `random-${architecture}-${shape.seed}`);
  writer
    .setUint32(key('context_length'), shape.contextLength)
    .setUint32(key('embedding_length'), shape.width)
    .setUint32(key('block_count'), shape.layerCount)
    .setUint32(key('feed_forward_length'), shape.feedForward)
    .setUint32(key('attention.head_count'), shape.headCount)
    .setUint32(key('attention.head_count_kv'), shape.kvHeadCount)
    .setUint32(key('rope.dimension_count'), headSize)
    .setUint32(key('vocab_size'), shape.vocabulary)
    .setFloat32(key('rope.freq_base'), 10_000)
    .setFloat32(key('attention.layer_norm_rms_epsilon'), 1e-5);
  // Left out where it follows from the width: libraries know an encoder by its file's bytes.
  if (headSize === shape.width / shape.headCount) return;
  writer.setUint32(key('attention.key_length'), headSize).setUint32(key('attention.value_length'), headSize);
}

/** Normal numbers from a 32-bit xorshift, by Box and Muller: the same on every machine. */
export function gaussian(seed: number): (count: number, deviation: number, mean?: number) => Float32Array {
  let state = (seed * 2654435761) >>> 0 || 1;
  const uniform = () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return (state + 1) / 4294967297;
  };
  return (count, deviation, mean = 0) =>
    new Float32Array(count).map(
      () => mean + deviation * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
    );
}
