/**
 * Writes a llama-architecture model with random but reproducible weights into a GGUF writer: what a device probe computes when no
 * model is at hand, and what tests and benches build upon. It means nothing and is never shipped.
 */
import type { GgmlTypeName } from '../../../native/abi/ggml-h.ts';
import type { GgufWriter } from '../../../native/gguf/gguf-writer.ts';

export type RandomLlamaShape = {
  layerCount: number;
  width: number;
  headCount: number;
  kvHeadCount: number;
  feedForward: number;
  vocabulary: number;
  contextLength: number;
  type: GgmlTypeName;
  seed: number;
  /** Makes every ffn_up all zero, which leaves its bias. */
  isUpZero?: boolean;
};

/** Tensors that `writeRandomLlama` adds. */
export const randomLlamaTensorCount = (shape: Pick<RandomLlamaShape, 'layerCount'>) =>
  2 + 9 * shape.layerCount;

/** Adds hyperparameters and tensors; the tokenizer is the caller's. */
export function writeRandomLlama(writer: GgufWriter, shape: RandomLlamaShape): void {
  const { width, headCount, kvHeadCount, feedForward, vocabulary, type } = shape;
  const headSize = width / headCount;
  const random = gaussian(shape.seed);
  writeHyperparameters(writer, shape, headSize);
  const matrix = (name: string, input: number, output: number) =>
    writer.addTensor(name, type, [input, output], random(input * output, 1.4 / Math.sqrt(input)));
  const norm = (name: string) => writer.addTensor(name, 'f32', [width], random(width, 0.1, 1));
  writer.addTensor('token_embd.weight', type, [width, vocabulary], random(width * vocabulary, 0.5));
  for (let layer = 0; layer < shape.layerCount; layer += 1) {
    const name = (part: string) => `blk.${layer}.${part}.weight`;
    norm(name('attn_norm'));
    matrix(name('attn_q'), width, width);
    matrix(name('attn_k'), width, headSize * kvHeadCount);
    matrix(name('attn_v'), width, headSize * kvHeadCount);
    matrix(name('attn_output'), width, width);
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
  writer.setString('general.architecture', 'llama').setString('general.name', `random-llama-${shape.seed}`);
  writer
    .setUint32('llama.context_length', shape.contextLength)
    .setUint32('llama.embedding_length', shape.width)
    .setUint32('llama.block_count', shape.layerCount)
    .setUint32('llama.feed_forward_length', shape.feedForward)
    .setUint32('llama.attention.head_count', shape.headCount)
    .setUint32('llama.attention.head_count_kv', shape.kvHeadCount)
    .setUint32('llama.rope.dimension_count', headSize)
    .setUint32('llama.vocab_size', shape.vocabulary)
    .setFloat32('llama.rope.freq_base', 10_000)
    .setFloat32('llama.attention.layer_norm_rms_epsilon', 1e-5);
}

/** Normal numbers from a 32-bit xorshift, by Box and Muller: the same on every machine. */
function gaussian(seed: number): (count: number, deviation: number, mean?: number) => Float32Array {
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
