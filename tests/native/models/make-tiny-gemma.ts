/** Writes a small GGUF of Gemma 3 architecture, causal or as EmbeddingGemma, with random but reproducible weights. */
import { gaussian } from '../../../src-main/llara/graph/llama/random-llama.ts';
import type { GgmlTypeName } from '../../../src-main/native/abi/ggml-h.ts';
import { GgufWriter } from '../../../src-main/native/gguf/gguf-writer.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { writeTinyVocabulary } from './tiny-vocabulary.ts';

export type TinyGemmaOptions = {
  architecture?: 'gemma3' | 'gemma-embedding';
  layerCount?: number;
  width?: number;
  headCount?: number;
  kvHeadCount?: number;
  headSize?: number;
  feedForward?: number;
  vocabulary?: number;
  contextLength?: number;
  /** Tokens of the window; 0 writes none. */
  window?: number;
  /** Every how many layers one is global, or of each layer whether it is local; 3 where absent. */
  pattern?: number | readonly number[];
  /** Width between the dense layers; none where absent. */
  denseWidth?: number;
  hasBiases?: boolean;
  /** Of matrices. */
  type?: GgmlTypeName;
  /** llama.cpp's number: 1 mean, 2 CLS, 3 last. */
  poolingType?: number;
  /** Keys below the architecture's to add or to overwrite. */
  extraFloats?: Readonly<Record<string, number>>;
  /** Names of tensors to leave out, and lengths of vectors to add. */
  without?: readonly string[];
  extraVectors?: Readonly<Record<string, number>>;
  /** `random-ARCHITECTURE-SEED` where absent. */
  name?: string;
  seed?: number;
};

export async function makeTinyGemma(
  runtime: NativeRuntime,
  path: string,
  options: TinyGemmaOptions = {},
): Promise<void> {
  const {
    architecture = 'gemma-embedding',
    layerCount = 3,
    width = 64,
    headCount = 4,
    kvHeadCount = 2,
  } = options;
  const { headSize = 32, feedForward = 96, vocabulary = 640, contextLength = 256, window = 16 } = options;
  const { pattern = 3, denseWidth, type = 'f32', seed = 1 } = options;
  const writer = GgufWriter.create(runtime, 8 + 16 * layerCount);
  const key = (name: string) => `${architecture}.${name}`;
  writer
    .setString('general.architecture', architecture)
    .setString('general.name', options.name ?? `random-${architecture}-${seed}`);
  writer.setUint32(key('context_length'), contextLength).setUint32(key('embedding_length'), width);
  writer.setUint32(key('block_count'), layerCount).setUint32(key('feed_forward_length'), feedForward);
  writer.setUint32(key('attention.head_count'), headCount);
  writer.setUint32(key('attention.head_count_kv'), kvHeadCount);
  writer.setUint32(key('attention.key_length'), headSize).setUint32(key('attention.value_length'), headSize);
  writer.setFloat32(key('attention.layer_norm_rms_epsilon'), 1e-6);
  writer.setFloat32(key('rope.freq_base'), 1_000_000);
  if (window > 0) writer.setUint32(key('attention.sliding_window'), window);
  if (typeof pattern === 'number') writer.setUint32(key('attention.sliding_window_pattern'), pattern);
  else writer.setInt32Array(key('attention.sliding_window_pattern'), Int32Array.from(pattern));
  writer.setUint32(key('pooling_type'), options.poolingType ?? 1);
  for (const [name, value] of Object.entries(options.extraFloats ?? {})) writer.setFloat32(key(name), value);
  writeTinyVocabulary(writer, vocabulary, true);

  const random = gaussian(seed);
  const add = (name: string, tensorType: GgmlTypeName, extents: number[], values: Float32Array) => {
    if (!options.without?.includes(name)) writer.addTensor(name, tensorType, extents, values);
  };
  const matrix = (name: string, input: number, output: number) =>
    add(`${name}.weight`, type, [input, output], random(input * output, 1.4 / Math.sqrt(input)));
  const vector = (name: string, size: number, mean: number, deviation: number) =>
    add(name, 'f32', [size], random(size, deviation, mean));
  const norm = (name: string, size: number) => vector(`${name}.weight`, size, 1, 0.2);
  // Scaled by the root of the width when it is read.
  add('token_embd.weight', type, [width, vocabulary], random(width * vocabulary, 0.5 / Math.sqrt(width)));
  norm('output_norm', width);
  for (let layer = 0; layer < layerCount; layer += 1) {
    const name = `blk.${layer}`;
    for (const part of ['attn_norm', 'post_attention_norm', 'ffn_norm', 'post_ffw_norm'])
      norm(`${name}.${part}`, width);
    matrix(`${name}.attn_q`, width, headSize * headCount);
    matrix(`${name}.attn_k`, width, headSize * kvHeadCount);
    matrix(`${name}.attn_v`, width, headSize * kvHeadCount);
    if (options.hasBiases) {
      vector(`${name}.attn_q.bias`, headSize * headCount, 0, 0.3);
      vector(`${name}.attn_k.bias`, headSize * kvHeadCount, 0, 0.3);
      vector(`${name}.attn_v.bias`, headSize * kvHeadCount, 0, 0.3);
    }
    norm(`${name}.attn_q_norm`, headSize);
    norm(`${name}.attn_k_norm`, headSize);
    matrix(`${name}.attn_output`, headSize * headCount, width);
    matrix(`${name}.ffn_gate`, width, feedForward);
    matrix(`${name}.ffn_up`, width, feedForward);
    matrix(`${name}.ffn_down`, feedForward, width);
  }
  if (denseWidth !== undefined) {
    writer.setUint32(key('dense_2_feat_in'), width).setUint32(key('dense_2_feat_out'), denseWidth);
    writer.setUint32(key('dense_3_feat_in'), denseWidth).setUint32(key('dense_3_feat_out'), width);
    matrix('dense_2', width, denseWidth);
    matrix('dense_3', denseWidth, width);
  }
  for (const [name, length] of Object.entries(options.extraVectors ?? {})) {
    writer.addTensor(name, 'f32', [length], new Float32Array(length).fill(0.1));
  }
  await writer.write(path);
  writer.dispose();
}
