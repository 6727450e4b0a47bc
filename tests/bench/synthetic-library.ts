/** Passages with words by Zipf's law and vectors in overlapping clusters: as many as wanted, the same on every machine. */

import { type Random, seededRandom } from '../../src-main/common/seeded-random.ts';
import type { ChunkRow } from '../../src-main/store/chunk-row.ts';
import { packWindows } from '../../src-main/store/tables/packed-windows.ts';

const vocabularySize = 50_000;
const clusterCount = 400;
const wordsPerPassage = 150;
/** As passages of some 140 tokens have. */
const windowsPerPassage = 4;
export const passagesPerDocument = 10;

export class SyntheticLibrary {
  readonly dimension: number;
  readonly #random: Random;
  readonly #centres: Float32Array[];

  readonly #vectors: (() => Float32Array) | null;

  /** `vectors` makes others than those of clusters. */
  constructor(dimension: number, vectors: (() => Float32Array) | null = null) {
    this.dimension = dimension;
    this.#vectors = vectors;
    this.#random = seededRandom('search bench');
    this.#centres = Array.from({ length: clusterCount }, () => this.#gaussian());
  }

  document(number: number): { documentId: string; rows: ChunkRow[] } {
    const documentId = `document-${number}`;
    const rows = Array.from({ length: passagesPerDocument }, (_, ordinal) => ({
      chunkId: `${documentId}:${ordinal}`,
      documentId,
      path: `/home/somebody/documents/${number % 97}/${documentId}.pdf`,
      kind: number % 3 === 0 ? ('pdf' as const) : ('text' as const),
      modifiedAt: 1_600_000_000_000 + number * 1_000_000,
      contentHash: documentId,
      ordinal,
      language: null,
      text: this.text(wordsPerPassage),
      headingPath: [this.text(4)],
      page: ordinal + 1,
      start: ordinal * 1000,
      end: ordinal * 1000 + 999,
      vector: this.vector(),
      windows: packWindows(Array.from({ length: windowsPerPassage }, () => this.vector())),
    }));
    return { documentId, rows };
  }

  /** Word n is drawn about n times less often than the first; `skip` leaves the commonest out, as questions do. */
  text(wordCount: number, skip = 0): string {
    const draw = () => Math.floor(vocabularySize ** this.#random.next()) + skip;
    return Array.from({ length: wordCount }, () => wordNumber(draw())).join(' ');
  }

  /** A unit vector: a centre and as much noise again. */
  vector(): Float32Array {
    if (this.#vectors) return this.#vectors();
    const centre = this.#centres[this.#random.below(clusterCount)]!;
    const noise = this.#gaussian();
    const mixed = centre.map((value, index) => value + noise[index]!);
    const norm = Math.hypot(...mixed);
    return mixed.map((value) => value / norm);
  }

  #gaussian(): Float32Array {
    const draw = () =>
      Math.sqrt(-2 * Math.log(1 - this.#random.next())) * Math.cos(2 * Math.PI * this.#random.next());
    return Float32Array.from({ length: this.dimension }, draw);
  }
}

/** Pronounceable, different for every number, and untouched by stemming. */
function wordNumber(number: number): string {
  const consonants = 'bdfgklmnprtvz';
  let word = '';
  for (let rest = number + 200; rest > 0; rest = Math.floor(rest / 52)) {
    word += consonants[rest % 13]! + 'aiou'[Math.floor(rest / 13) % 4]!;
  }
  return word;
}
