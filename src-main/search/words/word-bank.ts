/**
 * The words of a library with a vector each, so that a word of a question finds those of like meaning. All single words resemble one another
 * by what they have in common, so their mean is taken away before they are compared (see docs/lab/related-words.md). Numbers are
 * kept in 8 bits: 16 000 words of 384 numbers are 6 MB.
 */

import { compareTexts } from '../../common/compare-texts.ts';
import { unitVector } from '../../common/vectors/unit-vector.ts';
import { VectorSigns } from './vector-signs.ts';

/** A term of the word index, and how many passages hold it. */
export type TermCount = { term: string; passages: number };

export type BankWord = {
  /** As the library writes it, in lower case. */
  word: string;
  /** Its stems, one or two for each language that it stands in. */
  terms: readonly TermCount[];
};

export type RelatedWord = BankWord & {
  /** Cosine without the mean, -1…1. */
  likeness: number;
};

export type WordBankParts = {
  words: readonly BankWord[];
  dimension: number;
  mean: Float32Array;
  /** One row of `dimension` numbers a word; times its `scale`, the unit vector without the mean. */
  rows: Int8Array;
  scales: Float32Array;
};

export class WordBank {
  readonly parts: WordBankParts;
  readonly #signs: VectorSigns;
  readonly #rowOfTerm = new Map<string, number>();

  constructor(parts: WordBankParts) {
    this.parts = parts;
    this.#signs = new VectorSigns(parts.rows, parts.dimension);
    for (const [row, { terms }] of parts.words.entries()) {
      for (const { term } of terms) if (!this.#rowOfTerm.has(term)) this.#rowOfTerm.set(term, row);
    }
  }

  /** `vectors`: one for each word, as the encoder makes them. */
  static of(words: readonly BankWord[], vectors: readonly Float32Array[]): WordBank {
    const dimension = vectors[0]?.length ?? 0;
    const mean = new Float32Array(dimension);
    for (const vector of vectors) {
      for (let i = 0; i < dimension; i++) mean[i]! += (vector[i] as number) / vectors.length;
    }
    const rows = new Int8Array(words.length * dimension);
    const scales = new Float32Array(words.length);
    for (const [at, vector] of vectors.entries()) {
      const moved = withoutMean(vector, mean);
      const largest = moved.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
      scales[at] = largest / 127;
      for (let i = 0; i < dimension; i++)
        rows[at * dimension + i] = Math.round(((moved[i] as number) / largest) * 127);
    }
    return new WordBank({ words, dimension, mean, rows, scales });
  }

  /** Words whose likeness to `vector`, which the encoder made, is at least `least`; the likest first, at most `count`. */
  nearest(vector: Float32Array, least: number, count: number): RelatedWord[] {
    return this.#nearestTo(withoutMean(vector, this.parts.mean), least, count);
  }

  /** The same for a word of the bank that has one of these terms, itself left out; null where there is none. */
  nearestToTerms(terms: readonly string[], least: number, count: number): RelatedWord[] | null {
    const row = terms.map((term) => this.#rowOfTerm.get(term)).find((found) => found !== undefined);
    if (row === undefined) return null;
    const { dimension, rows, scales } = this.parts;
    const vector = Float32Array.from(
      rows.subarray(row * dimension, (row + 1) * dimension),
      (value) => value * (scales[row] as number),
    );
    return this.#nearestTo(vector, least, count, row);
  }

  #nearestTo(asked: Float32Array, least: number, count: number, left?: number): RelatedWord[] {
    const { words, dimension, rows, scales } = this.parts;
    const found: RelatedWord[] = [];
    for (const at of this.#signs.near(asked)) {
      if (at === left) continue;
      let sum = 0;
      for (let i = 0, from = at * dimension; i < dimension; i++)
        sum += (asked[i] as number) * (rows[from + i] as number);
      const likeness = sum * (scales[at] as number);
      if (likeness >= least) found.push({ ...(words[at] as BankWord), likeness });
    }
    return found.sort((a, b) => b.likeness - a.likeness || compareTexts(a.word, b.word)).slice(0, count);
  }
}

/** Of unit length, unless it is the mean itself. */
function withoutMean(vector: Float32Array, mean: Float32Array): Float32Array {
  const moved = vector.map((value, i) => value - (mean[i] as number));
  return unitVector(moved) ?? moved;
}
