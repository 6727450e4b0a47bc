/**
 * Search by vector is exact while that is fast enough. Above that an IVF index is built and its recall is measured against
 * exact search on vectors of the table; an index that cannot reach the recall wanted is not used.
 */
import { Index, type Table } from '@lancedb/lancedb';
import type { StoreNote, Upkeep } from '../storage/table-storage.ts';
import { readVector } from './vector-columns.ts';

export type VectorIndexState = {
  /** Partitions searched per query. */
  probes: number;
  /** Part of the exact first 100 that the index finds with `probes`, mean over sampled vectors. */
  recall: number;
  /** Rows of the table when the recall was measured. */
  rows: number;
};

type VectorIndexOptions = {
  dimension: number;
  state: StoreNote;
  vectorIndex: VectorIndexState | null;
  upkeep: Upkeep;
  /** Told as soon as the index is about to change, so that no query trusts one that is being replaced. */
  onVectorIndex: (state: VectorIndexState | null) => void;
};

/** Some 15 ms of exact search at 384 dimensions on two cores. */
const maxExactNumbers = 20_000 * 384;
/** Exact search fetches every vector for each question, where an index is fetched once and kept in memory. */
const maxSharedNumbers = 1000 * 384;
const minRecall = 0.95;
const probeSteps = [4, 8, 16, 32, 64, 128];
/** Small ones are quick to search; the default of some 4000 is nearly twice as slow at equal recall. */
const rowsPerPartition = 1000;
const sampleCount = 24;
const recallDepth = 100;
/** Each refresh appends a segment that every query visits. */
const maxSegments = 8;
const vectorIndexName = 'vector_idx';

/** Null if there is no index, or none whose recall was measured: a kill may have come in between. */
export async function readVectorIndexState(table: Table, note: StoreNote): Promise<VectorIndexState | null> {
  const indexes = await table.listIndices();
  if (!indexes.some((index) => index.name === vectorIndexName)) return null;
  const text = await note.read();
  try {
    const state = JSON.parse(text ?? '');
    return state.probes > 0 && state.recall >= minRecall ? state : null;
  } catch {
    return null; // Missing or cut short: exact search answers until the next maintenance measures again.
  }
}

export async function maintainVectorIndex(
  table: Table,
  { dimension, state, vectorIndex, upkeep, onVectorIndex }: VectorIndexOptions,
): Promise<VectorIndexState | null> {
  const rows = await table.countRows();
  const index = (await table.listIndices()).find((candidate) => candidate.name === vectorIndexName);
  if (rows * dimension <= (upkeep.isShared ? maxSharedNumbers : maxExactNumbers)) {
    if (index) await table.dropIndex(vectorIndexName);
    await state.remove();
    onVectorIndex(null);
    return null;
  }
  const isOutgrown = !vectorIndex || rows > vectorIndex.rows * 2 || rows < vectorIndex.rows / 2;
  const needsBuild = !index || isOutgrown || (index.numSegments ?? 1) > maxSegments;
  const needsMeasure = needsBuild || Math.abs(rows - vectorIndex.rows) > vectorIndex.rows * 0.1;
  if (!needsMeasure) return vectorIndex;
  onVectorIndex(null);
  await state.remove();
  if (needsBuild) {
    const numPartitions = Math.ceil(rows / rowsPerPartition);
    await table.createIndex('vector', { config: Index.ivfFlat({ distanceType: 'dot', numPartitions }) });
  }
  const measured = await measureRecall(table, rows);
  if (measured) await state.write(JSON.stringify(measured));
  onVectorIndex(measured);
  return measured;
}

/** The fewest probes that reach the recall wanted, or null if none do. */
async function measureRecall(table: Table, rows: number): Promise<VectorIndexState | null> {
  const samples = await sampleVectors(table, rows);
  const exact = [];
  for (const vector of samples) {
    exact.push(new Set(await nearest(table, vector, null)));
  }
  for (const probes of probeSteps) {
    let hits = 0;
    let wanted = 0;
    for (const [index, vector] of samples.entries()) {
      const truth = exact[index]!;
      hits += (await nearest(table, vector, probes)).filter((id) => truth.has(id)).length;
      wanted += truth.size;
    }
    const recall = wanted > 0 ? hits / wanted : 0;
    if (recall >= minRecall) return { probes, recall, rows };
  }
  return null;
}

/**
 * Points half-way between two passages: like questions, they lie near passages without being one, which makes the measurement
 * harder than passages themselves would.
 */
async function sampleVectors(table: Table, rows: number): Promise<Float32Array[]> {
  const step = Math.max(1, Math.floor(rows / (sampleCount * 2)));
  const offsets = Array.from({ length: Math.min(sampleCount * 2, rows) }, (_, index) => index * step);
  const vectors: Float32Array[] = [];
  for await (const batch of table.takeOffsets(offsets).select(['vector'])) {
    const column = batch.getChild('vector')!;
    for (let row = 0; row < batch.numRows; row++) vectors.push(readVector(column, row));
  }
  const half = Math.floor(vectors.length / 2);
  return vectors
    .slice(0, half)
    .map((vector, index) => vector.map((value, at) => value + vectors[half + index]![at]!));
}

async function nearest(table: Table, vector: Float32Array, probes: number | null): Promise<string[]> {
  const query = table
    .query()
    .nearestTo(vector)
    .distanceType('dot')
    .select(['chunkId', '_distance'])
    .limit(recallDepth);
  const rows = await (probes === null ? query.bypassVectorIndex() : query.nprobes(probes)).toArrow();
  return Array.from(rows.getChild('chunkId') ?? []) as string[];
}
