/**
 * Parts a page into regions that are read one after the other: the best gutter is looked for, what crosses it parts what is above
 * from what is below, and each column is parted again in the same way. What a gutter does not part is one region.
 */
import { findGutter, type Gutter, partRow } from './find-gutter.ts';
import type { ChunkRow, TextChunk } from './text-chunks.ts';

export type Region = { rows: ChunkRow[]; left: number; right: number };

const maxDepth = 6;

/** Regions in reading order. `rows` from top to bottom; so are those of each region. */
export const pageRegions = (rows: readonly ChunkRow[], depth = 0): Region[] => {
  if (rows.length === 0) return [];
  const gutter = depth < maxDepth ? findGutter(rows) : null;
  if (gutter === null) return [regionOf(rows)];
  const regions: Region[] = [];
  let at = 0;
  for (const band of gutter.bands) {
    regions.push(...pageRegions(rows.slice(at, band.from), depth + 1));
    regions.push(...columns(rows.slice(band.from, band.to), gutter, depth));
    at = band.to;
  }
  regions.push(...pageRegions(rows.slice(at), depth + 1));
  return regions;
};

const columns = (rows: readonly ChunkRow[], gutter: Gutter, depth: number): Region[] => {
  const parts = rows.map((row) => partRow(row, gutter.x));
  const left = parts.map((part) => part.left).filter((row) => row.length > 0);
  const right = parts.map((part) => part.right).filter((row) => row.length > 0);
  const inOrder = isMostlyRightToLeft(rows.flat()) ? [right, left] : [left, right];
  return inOrder.flatMap((column) => pageRegions(column, depth + 1));
};

const regionOf = (rows: readonly ChunkRow[]): Region => {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  for (const chunk of rows.flat()) {
    left = Math.min(left, chunk.left);
    right = Math.max(right, chunk.right);
  }
  return { rows: [...rows], left, right };
};

const isMostlyRightToLeft = (chunks: readonly TextChunk[]): boolean =>
  chunks.filter((chunk) => chunk.isRightToLeft).length * 2 > chunks.length;
