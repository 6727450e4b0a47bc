/** Golden vectors as the encoder's recipe writes them, and in the older form of the stand-in model. */
import { readFileSync } from 'node:fs';

export type GoldenText = {
  text: string;
  /** Tokens of the text alone. */
  tokenCount: number;
  passage: Float32Array;
  query: Float32Array | null;
};

type Recipe = { texts: { text: string; tokens: number[]; self: string; next: string }[] };
type StandIn = { text: string; tokens: number[]; embedding: number[] }[];

export function readGoldenTexts(path: string): GoldenText[] {
  const content = JSON.parse(readFileSync(path, 'utf8')) as Recipe | StandIn;
  if (Array.isArray(content)) {
    return content.map(({ text, tokens, embedding }) => ({
      text,
      // BOS before the text and eight tokens of the prompt behind it.
      tokenCount: tokens.length - 9,
      passage: Float32Array.from(embedding),
      query: null,
    }));
  }
  return content.texts.map(({ text, tokens, self, next }) => ({
    text,
    tokenCount: tokens.length - 1,
    passage: halves(self),
    query: halves(next),
  }));
}

/** Base64 of little-endian IEEE half floats. */
function halves(encoded: string): Float32Array {
  const bytes = Buffer.from(encoded, 'base64');
  return Float32Array.from({ length: bytes.length / 2 }, (_, index) => {
    const bits = bytes.readUInt16LE(2 * index);
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
  });
}
