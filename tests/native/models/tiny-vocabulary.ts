/** A SentencePiece-BPE vocabulary with byte fallback for models of random weights, and the sixteen LLaRA tokens where they are wanted. */
import type { GgufWriter } from '../../../src-main/native/gguf/gguf-writer.ts';

const firstBytePiece = 3;
const tokenTypes = { normal: 1, unknown: 2, control: 3, userDefined: 4, byte: 6 } as const;

/** As many pieces as the models of random weights have. */
export const tinyVocabularySize = 640;

/** `vocabulary` pieces; `plain` leaves out the sixteen LLaRA tokens and what names their prompts. `own` are the last ones. */
export function writeTinyVocabulary(
  writer: GgufWriter,
  vocabulary: number,
  plain: boolean,
  own: readonly string[] = [],
): void {
  const pieces = ['<unk>', '<s>', '</s>'];
  const types: number[] = [tokenTypes.unknown, tokenTypes.control, tokenTypes.control];
  for (let byte = 0; byte < 256; byte += 1) {
    pieces.push(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
    types.push(tokenTypes.byte);
  }
  const specialCount = plain ? 0 : 16;
  for (const piece of wordPieces()) {
    if (pieces.length >= vocabulary - specialCount - own.length) break;
    if (own.includes(piece)) continue;
    pieces.push(piece);
    types.push(tokenTypes.normal);
  }
  for (const piece of own) {
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
