/**
 * Reads what a search found, by the rows' numbers. A number is quick but may be another row's by now, or gone, if the table was
 * compacted since the search; so the passage's id decides whether a row is the one that was found.
 */
import type { Table } from '@lancedb/lancedb';
import { arrowToPassages, passageColumns } from './chunk-columns.ts';
import type { FoundPassage } from './chunk-row.ts';
import type { FoundChunk } from './find-chunks.ts';
import { isOneOf } from './sql.ts';

type Batches = AsyncIterable<Parameters<typeof arrowToPassages>[0]>;

/** By id; passages deleted meanwhile are left out. */
export async function readFound(
  table: Table,
  found: readonly FoundChunk[],
): Promise<Map<string, FoundPassage>> {
  const passages = new Map<string, FoundPassage>();
  if (found.length === 0) return passages;
  const wanted = new Set(found.map((chunk) => chunk.chunkId));
  const collect = async (batches: Batches) => {
    for await (const batch of batches) {
      for (const passage of arrowToPassages(batch)) {
        if (wanted.has(passage.chunkId)) passages.set(passage.chunkId, passage);
      }
    }
  };
  const rowIds = found.map((chunk) => chunk.rowId);
  await collect(table.takeRowIds(rowIds).select(passageColumns)).catch(() => passages.clear());
  const missing = [...wanted].filter((id) => !passages.has(id));
  if (missing.length > 0) {
    await collect(table.query().where(isOneOf('chunkId', missing)).select(passageColumns));
  }
  return passages;
}

/** In the order of `found`; those deleted or moved meanwhile are left out. */
export async function readVectors(table: Table, found: readonly FoundChunk[]): Promise<Float32Array[]> {
  if (found.length === 0) return [];
  const vectors = new Map<string, Float32Array>();
  const rowIds = found.map((chunk) => chunk.rowId);
  for await (const batch of table.takeRowIds(rowIds).select(['chunkId', 'vector'])) {
    const ids = batch.getChild('chunkId')!;
    const column = batch.getChild('vector')!;
    for (let row = 0; row < batch.numRows; row++) {
      vectors.set(ids.get(row), Float32Array.from(column.get(row).toArray() as Float32Array));
    }
  }
  return found.flatMap(({ chunkId }) => vectors.get(chunkId) ?? []);
}
