/**
 * Writes a small llama-architecture GGUF with random but reproducible weights, grouped-query attention, a SentencePiece-BPE
 * vocabulary with byte fallback and the sixteen LLaRA tokens. It stands in for a trained model wherever meaning does not matter.
 */

import type { GgmlTypeName } from '../../src-main/native/abi/ggml-h.ts';
import { GgufWriter } from '../../src-main/native/gguf-writer.ts';
import type { NativeRuntime } from '../../src-main/native/native-runtime.ts';

export type TinyLlamaOptions = {
  layerCount?: number;
  width?: number;
  headCount?: number;
  kvHeadCount?: number;
  feedForward?: number;
  vocabulary?: number;
  contextLength?: number;
  type?: GgmlTypeName;
  seed?: number;
  /** Leave out the LLaRA tokens and keys, as in an ordinary decoder. */
  plain?: boolean;
  extraStrings?: Record<string, string>;
};

const firstBytePiece = 3;
const tokenTypes = { normal: 1, unknown: 2, control: 3, userDefined: 4, byte: 6 } as const;

export async function makeTinyLlama(
  runtime: NativeRuntime,
  path: string,
  options: TinyLlamaOptions = {},
): Promise<void> {
  const { layerCount = 2, width = 64, headCount = 4, kvHeadCount = 2, feedForward = 96 } = options;
  const { vocabulary = 640, contextLength = 256, type = 'f32', seed = 1, plain = false } = options;
  const headSize = width / headCount;
  const random = gaussian(seed);
  const writer = GgufWriter.create(runtime, 4 + 9 * layerCount);

  writer.setString('general.architecture', 'llama').setString('general.name', `tiny-llama-${seed}`);
  writer.setUint32('llama.context_length', contextLength).setUint32('llama.embedding_length', width);
  writer.setUint32('llama.block_count', layerCount).setUint32('llama.feed_forward_length', feedForward);
  writer
    .setUint32('llama.attention.head_count', headCount)
    .setUint32('llama.attention.head_count_kv', kvHeadCount);
  writer
    .setFloat32('llama.attention.layer_norm_rms_epsilon', 1e-5)
    .setFloat32('llama.rope.freq_base', 10_000);
  writer.setUint32('llama.rope.dimension_count', headSize).setUint32('llama.vocab_size', vocabulary);
  writeTokenizer(writer, vocabulary, plain);
  for (const [key, value] of Object.entries(options.extraStrings ?? {})) writer.setString(key, value);

  const matrix = (name: string, input: number, output: number) =>
    writer.addTensor(name, type, [input, output], random(input * output, 1.4 / Math.sqrt(input)));
  const norm = (name: string) => writer.addTensor(name, 'f32', [width], random(width, 0.1, 1));
  writer.addTensor('token_embd.weight', type, [width, vocabulary], random(width * vocabulary, 0.5));
  for (let layer = 0; layer < layerCount; layer += 1) {
    const name = (part: string) => `blk.${layer}.${part}.weight`;
    norm(name('attn_norm'));
    matrix(name('attn_q'), width, width);
    matrix(name('attn_k'), width, headSize * kvHeadCount);
    matrix(name('attn_v'), width, headSize * kvHeadCount);
    matrix(name('attn_output'), width, width);
    norm(name('ffn_norm'));
    matrix(name('ffn_gate'), width, feedForward);
    matrix(name('ffn_up'), width, feedForward);
    matrix(name('ffn_down'), feedForward, width);
  }
  norm('output_norm.weight');
  await writer.write(path);
  writer.dispose();
}

function writeTokenizer(writer: GgufWriter, vocabulary: number, plain: boolean): void {
  const pieces = ['<unk>', '<s>', '</s>'];
  const types: number[] = [tokenTypes.unknown, tokenTypes.control, tokenTypes.control];
  for (let byte = 0; byte < 256; byte += 1) {
    pieces.push(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
    types.push(tokenTypes.byte);
  }
  const specialCount = plain ? 0 : 16;
  for (const piece of wordPieces()) {
    if (pieces.length >= vocabulary - specialCount) break;
    pieces.push(piece);
    types.push(tokenTypes.normal);
  }
  for (let index = 1; index <= specialCount; index += 1) {
    pieces.push(`<s${index}>`);
    types.push(tokenTypes.userDefined);
  }
  const scores = new Float32Array(pieces.length).map((_, id) => (id < firstBytePiece + 256 ? 0 : -id));
  writer.setString('tokenizer.ggml.model', 'llama').setString('tokenizer.ggml.pre', 'default');
  writer.setStrings('tokenizer.ggml.tokens', pieces).setFloat32Array('tokenizer.ggml.scores', scores);
  writer.setInt32Array('tokenizer.ggml.token_type', Int32Array.from(types));
  writer.setUint32('tokenizer.ggml.unknown_token_id', 0).setUint32('tokenizer.ggml.bos_token_id', 1);
  writer.setUint32('tokenizer.ggml.eos_token_id', 2);
  writer.setBool('tokenizer.ggml.add_bos_token', true).setBool('tokenizer.ggml.add_eos_token', false);
  if (plain) return;
  const tokens = (first: number) => Array.from({ length: 8 }, (_, index) => `<s${first + index}>`).join('');
  writer.setString('llara.prompt.self', tokens(1)).setString('llara.prompt.next', tokens(9));
  writer.setUint32('llara.pooling.last_tokens', 8);
  writer.setString('llara.text.normalization', 'nfkc,collapse-whitespace,lowercase');
}

/** Distinct pieces that merge step by step, as BPE needs: characters, then pairs, then triples. */
function* wordPieces(): Generator<string> {
  const letters = [...'▁etaoinshrdlucmfwypvbgkqjxz'];
  yield* letters;
  yield* [...'0123456789.,;:!?\'"()-'];
  for (const first of letters) for (const second of letters.slice(1)) yield first + second;
  for (const first of letters) {
    for (const second of letters.slice(1)) for (const third of letters.slice(1)) yield first + second + third;
  }
  for (let index = 0; ; index += 1) yield `▁#${index}`;
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
