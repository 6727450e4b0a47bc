/**
 * Writes a small GGUF of llama architecture that says one text, whatever it is asked: every token leads to the next one of the text, and any
 * other to its first. It stands in for a chat model where a test needs an answer that is known.
 */
import { GgufWriter } from '../../../src-main/native/gguf/gguf-writer.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { tinyVocabularySize, writeTinyVocabulary } from './tiny-vocabulary.ts';

const layerCount = 1;
const headCount = 4;
const feedForward = 64;
/** By which the token that follows is likelier than all others. */
const certainty = 10;
const endOfText = 2;

const chatTemplate =
  "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant:";

/** No word of `text` may stand in it twice: a token has one successor. */
export async function makeReciter(runtime: NativeRuntime, path: string, text: string): Promise<void> {
  const words = text.split(' ').map((word) => `▁${word}`);
  if (new Set(words).size < words.length) throw new Error(`A word stands twice in: ${text}`);
  // One direction for each word, and one for all other tokens.
  const width = Math.ceil((words.length + 1) / 32) * 32;
  const vocabulary = tinyVocabularySize + words.length;
  const wordOf = (token: number) => token - tinyVocabularySize;
  const embeddings = new Float32Array(width * vocabulary);
  const output = new Float32Array(width * vocabulary);
  for (let token = 0; token < vocabulary; token += 1) {
    embeddings[token * width + Math.max(0, wordOf(token) + 1)] = 1;
    if (wordOf(token) >= 0) output[token * width + wordOf(token)] = certainty;
  }
  output[endOfText * width + words.length] = certainty;

  const writer = GgufWriter.create(runtime, 12);
  const matrix = (name: string, input: number, rows: number, values = new Float32Array(input * rows)) =>
    writer.addTensor(`${name}.weight`, 'f32', [input, rows], values);
  const norm = (name: string) =>
    writer.addTensor(`${name}.weight`, 'f32', [width], new Float32Array(width).fill(1));
  matrix('token_embd', width, vocabulary, embeddings);
  // Attention and feed-forward add nothing.
  norm('blk.0.attn_norm');
  for (const part of ['attn_q', 'attn_k', 'attn_v', 'attn_output']) matrix(`blk.0.${part}`, width, width);
  norm('blk.0.ffn_norm');
  matrix('blk.0.ffn_gate', width, feedForward);
  matrix('blk.0.ffn_up', width, feedForward);
  matrix('blk.0.ffn_down', feedForward, width);
  norm('output_norm');
  matrix('output', width, vocabulary, output);
  writer
    .setString('general.architecture', 'llama')
    .setString('general.name', 'reciter')
    .setString('tokenizer.chat_template', chatTemplate)
    .setUint32('llama.context_length', 16_384)
    .setUint32('llama.embedding_length', width)
    .setUint32('llama.block_count', layerCount)
    .setUint32('llama.feed_forward_length', feedForward)
    .setUint32('llama.attention.head_count', headCount)
    .setUint32('llama.attention.head_count_kv', headCount)
    .setUint32('llama.rope.dimension_count', width / headCount)
    .setUint32('llama.vocab_size', vocabulary)
    .setFloat32('llama.rope.freq_base', 10_000)
    .setFloat32('llama.attention.layer_norm_rms_epsilon', 1e-5);
  writeTinyVocabulary(writer, vocabulary, true, words);
  await writer.write(path);
  writer.dispose();
}
