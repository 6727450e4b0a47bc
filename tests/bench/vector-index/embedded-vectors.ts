/** Vectors of embedded text, as many as wanted: those of libraries that `tests/eval/measure-ranking.ts` has kept, and mixtures of them. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '@lancedb/lancedb';
import { type Random, seededRandom } from '../../../src-main/common/seeded-random.ts';
import { unitVector } from '../../../src-main/common/vectors/unit-vector.ts';
import { readVector } from '../../../src-main/store/tables/vector-columns.ts';

const rowsPerRead = 2000;

/** All vectors of the libraries in a work folder, those of a document one after the other. */
export async function readEmbeddedVectors(work: string): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (const entry of await readdir(work, { withFileTypes: true })) {
    const index = join(work, entry.name, 'index');
    if (!entry.isDirectory() || !(await readdir(index).catch(() => null))) continue;
    const database = await connect(index);
    for (const name of await database.tableNames()) {
      if (name === 'passages') continue;
      const table = await database.openTable(name);
      const rows = await table.countRows();
      for (let first = 0; first < rows; first += rowsPerRead) {
        const batch = await table.query().select(['vector']).offset(first).limit(rowsPerRead).toArrow();
        const column = batch.getChild('vector')!;
        for (let row = 0; row < batch.numRows; row++) vectors.push(readVector(column, row));
      }
      table.close();
    }
    database.close();
  }
  if (vectors.length === 0) throw new Error(`${work} holds no library with vectors.`);
  return vectors;
}

/**
 * The vectors themselves first, then unit vectors of one of them, half of a neighbour in its document and half of any other: new
 * passages about what the known ones are about.
 */
export class EmbeddedVectors {
  readonly #known: readonly Float32Array[];
  readonly #random: Random = seededRandom('embedded vectors');

  constructor(known: readonly Float32Array[]) {
    this.#known = known;
  }

  vector(index: number): Float32Array {
    const known = this.#known[index];
    return known ?? this.mixed();
  }

  mixed(): Float32Array {
    const at = this.#random.below(this.#known.length);
    const [own, neighbour, other] = [
      at,
      (at + 1) % this.#known.length,
      this.#random.below(this.#known.length),
    ].map((place) => this.#known[place]!);
    return unitVector(own!.map((value, n) => value + 0.5 * neighbour![n]! + 0.5 * other![n]!)) ?? own!;
  }
}
