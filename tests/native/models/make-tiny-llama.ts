/**
 * Writes a small llama-architecture GGUF with random but reproducible weights, grouped-query attention, a SentencePiece-BPE
 * vocabulary with byte fallback and the sixteen LLaRA tokens. It stands in for a trained model wherever meaning does not matter.
 */

import {
  type RandomLlamaShape,
  randomLlamaTensorCount,
  writeRandomLlama,
} from '../../../src-main/llara/graph/llama/random-llama.ts';
import { GgufWriter } from '../../../src-main/native/gguf/gguf-writer.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';

export type TinyLlamaOptions = Partial<RandomLlamaShape> & {
  /** Leave out the LLaRA tokens and keys, as in an ordinary decoder. */
  plain?: boolean;
  /** Keys to add or to overwrite. */
  extraStrings?: Record<string, string>;
  extraNumbers?: Record<string, number>;
  extraFloats?: Record<string, number>;
  /** One-dimensional F32 tensors to add. */
  extraVectors?: Record<string, Float32Array>;
};

const tinyShape: RandomLlamaShape = {
  layerCount: 2,
  width: 64,
  headCount: 4,
  kvHeadCount: 2,
  feedForward: 96,
  vocabulary: 640,
  contextLength: 256,
  type: 'f32',
  seed: 1,
};

const firstBytePiece = 3;
const tokenTypes = { normal: 1, unknown: 2, control: 3, userDefined: 4, byte: 6 } as const;

export async function makeTinyLlama(
  runtime: NativeRuntime,
  path: string,
  options: TinyLlamaOptions = {},
): Promise<void> {
  const {
    plain = false,
    extraStrings = {},
    extraNumbers = {},
    extraFloats = {},
    extraVectors = {},
    ...shape
  } = options;
  const full = { ...tinyShape, ...shape };
  const writer = GgufWriter.create(runtime, randomLlamaTensorCount(full) + Object.keys(extraVectors).length);
  writeRandomLlama(writer, full);
  writeTokenizer(writer, full.vocabulary, plain);
  for (const [key, value] of Object.entries(extraStrings)) writer.setString(key, value);
  for (const [key, value] of Object.entries(extraNumbers)) writer.setUint32(key, value);
  for (const [key, value] of Object.entries(extraFloats)) writer.setFloat32(key, value);
  for (const [name, values] of Object.entries(extraVectors))
    writer.addTensor(name, 'f32', [values.length], values);
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
