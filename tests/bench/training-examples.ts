/** What the product trains by unless told otherwise, without texts: queries of unequal length against a bank of vectors. */
import type { TokenisedExample } from '../../src-main/llara/training/data/example-tokeniser.ts';

const loneQueries = 64;
/** What five to sixteen words are, about. */
const loneQueryTokens = [7, 24] as const;
export const bankSize = 2048;

export const benchTokens = (count: number, start: number) =>
  Int32Array.from({ length: count }, (_, index) => 300 + ((start * 131 + index * 17) % 6000));

export function makeBank(width: number) {
  const vectors = Array.from({ length: bankSize }, (_, row) =>
    Float32Array.from(
      { length: width },
      (_, i) => Math.sin(row * 12.9898 + i * 78.233) / Math.sqrt(width / 2),
    ),
  );
  return { vectors, groups: vectors.map((_, row) => `${row}`) };
}

export function makeQueries(count = loneQueries): TokenisedExample[] {
  const [least, most] = loneQueryTokens;
  return Array.from({ length: count }, (_, index) => ({
    group: `${index}`,
    query: benchTokens(least + ((index * 7) % (most - least + 1)), index),
    positive: new Int32Array(0),
    negative: null,
    selfTargets: new Int32Array(0),
    nextTargets: new Int32Array(0),
    softTargets: { group: `${index}`, passages: Int32Array.of(index), probabilities: Float32Array.of(1) },
  }));
}
