/** Above the size up to which search by vector is exact, an index answers, and finds what exact search finds. */
import { connect } from '@lancedb/lancedb';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import { unitVector } from '../../../src-main/common/vectors/unit-vector.ts';
import type { VectorRow } from '../../../src-main/store/chunk-row.ts';
import { findByVector } from '../../../src-main/store/find-chunks.ts';
import type { StoreNote } from '../../../src-main/store/storage/table-storage.ts';
import { vectorsToArrow } from '../../../src-main/store/tables/vector-columns.ts';
import { maintainVectorIndex, readVectorIndexState } from '../../../src-main/store/tables/vector-index.ts';
import { temporaryDirectory } from './fixtures.ts';

const dimension = 32;
const clusterCount = 60;
const depth = 100;

const noteInMemory = (): StoreNote => {
  let text: string | undefined;
  return {
    read: async () => text,
    write: async (written) => {
      text = written;
    },
    remove: async () => {
      text = undefined;
    },
  };
};

/** Points around centres, as passages lie around subjects; later calls go on with the same centres. */
function clusteredVectors() {
  const random = seededRandom('vector-index');
  const numbers = (spread: number) =>
    Float32Array.from({ length: dimension }, () => (random.next() - 0.5) * spread);
  const centres = Array.from({ length: clusterCount }, () => unitVector(numbers(1))!);
  return (): Float32Array => {
    const centre = centres[random.below(clusterCount)]!;
    return unitVector(numbers(0.6).map((value, at) => value + centre[at]!))!;
  };
}

const rowOf = (number: number, vector: Float32Array): VectorRow => ({
  chunkId: `d${number}:0`,
  documentId: `d${number}`,
  contentHash: 'hash',
  path: `/documents/${number}.txt`,
  kind: number % 3 === 0 ? 'pdf' : 'text',
  modifiedAt: number,
  vector,
  windows: null,
});

/** A store that several machines reach is searched exactly up to a twentieth of what one on this machine is. */
test('an index finds 95 of the exact first 100 among clustered vectors, and there is none for fewer rows', async () => {
  const draw = clusteredVectors();
  const connection = await connect(await temporaryDirectory());
  const rows = Array.from({ length: 12_500 }, (_, number) => rowOf(number, draw()));
  const table = await connection.createTable('vectors', vectorsToArrow(rows.slice(0, 11_900), dimension));
  const state = noteInMemory();
  const maintain = () =>
    maintainVectorIndex(table, {
      dimension,
      state,
      vectorIndex: null,
      upkeep: { isShared: true },
      onVectorIndex: () => {},
    });
  expect(await maintain()).toBeNull();
  expect(await table.listIndices()).toEqual([]);

  await table.add(vectorsToArrow(rows.slice(11_900), dimension));
  const index = await maintain();
  expect(index).toMatchObject({ rows: 12_500 });
  expect(index!.recall).toBeGreaterThanOrEqual(0.95);
  // Not all partitions: that would be exact search by another name.
  expect(index!.probes).toBeLessThan(13);
  expect(await readVectorIndexState(table, state)).toEqual(index);

  const questions = Array.from({ length: 40 }, draw);
  let found = 0;
  for (const question of questions) {
    const exact = await findByVector(table, question, null, { limit: depth });
    const known = new Set(exact.map(({ chunkId }) => chunkId));
    const answered = await findByVector(table, question, index, { limit: depth });
    found += answered.filter(({ chunkId }) => known.has(chunkId)).length;
  }
  expect(found / (questions.length * depth)).toBeGreaterThanOrEqual(0.95);

  // What a filter leaves, many or few, is searched in all partitions, and so nothing of it is missed.
  for (const where of ["kind = 'pdf'", 'modifiedAt < 300', 'modifiedAt >= 12470']) {
    for (const question of questions.slice(0, 5)) {
      const options = { where, limit: depth };
      const exact = await findByVector(table, question, null, options);
      const answered = await findByVector(table, question, index, options);
      expect(exact.length).toBeGreaterThan(0);
      expect(new Set(answered.map(({ chunkId }) => chunkId))).toEqual(
        new Set(exact.map(({ chunkId }) => chunkId)),
      );
    }
  }
  connection.close();
});
