/**
 * What an adapter for queries knows of a library's words: a vector for each, added to the query's own. LoRA bends what the encoder makes of a
 * text; this says outright where the passages lie that a word leads to, also for words that the encoder has never seen. It stands in the
 * adapter's metadata, which stock llama.cpp reads past.
 */

import { AppError } from '../../../common/app-error.ts';
import { wordsOf } from '../../../common/texts/words-of.ts';
import { unitVector } from '../../../common/vectors/unit-vector.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';
import type { GgufWriter } from '../../../native/gguf/gguf-writer.ts';

/** GGUF keys: the words, their vectors one behind the other in 8 bits, and what each vector's numbers are multiplied by. */
const namesKey = 'llara.words.names';
const vectorsKey = 'llara.words.vectors';
const scalesKey = 'llara.words.scales';
const largestStep = 127;

export class QueryWords {
  readonly names: readonly string[];
  /** [words, E] */
  readonly vectors: Float32Array;
  readonly #width: number;
  readonly #rows: ReadonlyMap<string, number>;

  /** Throws a `RangeError` where there are not as many numbers as words times `width`. */
  constructor(names: readonly string[], vectors: Float32Array, width: number) {
    if (vectors.length !== names.length * width)
      throw new RangeError(`${names.length} words of ${width} numbers came with ${vectors.length} numbers.`);
    this.names = names;
    this.vectors = vectors;
    this.#width = width;
    this.#rows = new Map(names.map((name, row) => [name, row]));
  }

  /** Rows of the text's words, each once, in order of appearance. */
  rowsOf(text: string): number[] {
    return [...new Set(wordsOf(text))].flatMap((word) => this.#rows.get(word) ?? []);
  }

  /** The query's unit vector moved by the vectors of its words, of unit length again. */
  moved(vector: Float32Array, text: string): Float32Array {
    const rows = this.rowsOf(text);
    if (rows.length === 0) return vector;
    return unitVector(this.sumOf(vector, rows)) ?? vector;
  }

  /** Without bringing it to unit length. */
  sumOf(vector: Float32Array, rows: readonly number[]): Float32Array {
    const sum = vector.slice();
    for (const row of rows) {
      const first = row * this.#width;
      for (let i = 0; i < this.#width; i++) sum[i]! += this.vectors[first + i]!;
    }
    return sum;
  }

  /** At `share` of their strength. */
  writeTo(writer: GgufWriter, share: number): void {
    const steps = new Int8Array(this.vectors.length);
    const scales = Float32Array.from(this.names, (_, row) => {
      const [first, end] = [row * this.#width, (row + 1) * this.#width];
      const values = this.vectors.subarray(first, end);
      const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / largestStep;
      if (scale > 0)
        steps.set(
          values.map((value) => Math.round(value / scale)),
          first,
        );
      return scale * share;
    });
    writer
      .setStrings(namesKey, this.names)
      .setInt8Array(vectorsKey, steps)
      .setFloat32Array(scalesKey, scales);
  }

  /** Null where the adapter has none. Throws `adapter-mismatch` where its words do not fit an encoder of `width` numbers. */
  static read(adapter: GgufFile, width: number): QueryWords | null {
    if (!adapter.has(namesKey)) return null;
    const names = adapter.strings(namesKey);
    const steps = adapter.numbers(vectorsKey);
    const scales = adapter.numbers(scalesKey);
    if (
      !names ||
      !steps ||
      !scales ||
      scales.length !== names.length ||
      steps.length !== names.length * width
    ) {
      throw new AppError(
        'adapter-mismatch',
        `The adapter ${adapter.path} holds words whose vectors do not fit this encoder. Adapt again.`,
      );
    }
    const vectors = Float32Array.from(steps, (step, at) => step * scales[Math.floor(at / width)]!);
    return new QueryWords(names, vectors, width);
  }
}
