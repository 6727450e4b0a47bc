/**
 * Finds the vertical strip of white that parts the most text of a page into two columns. A strip need not run down the whole page:
 * rows that cross it end one band and begin another, and each band is judged by itself.
 */
import { areColumns } from './are-columns.ts';
import type { ChunkRow, TextChunk } from './text-chunks.ts';

/** Rows `from` up to, not including, `to` stand in columns. */
export type Band = { from: number; to: number };

export type Gutter = {
  x: number;
  bands: Band[];
};

/** A gutter nearer to the edge than this share of the width would part off numbers or bullets, not a column. */
const edgeShare = 0.08;
/** How far past the gutter a line may stick out and still belong to its column, as a share of the width. */
const reachShare = 0.06;

export const findGutter = (rows: readonly ChunkRow[]): Gutter | null => {
  const chunks = rows.flat();
  if (chunks.length < 6) return null;
  const left = Math.min(...chunks.map((chunk) => chunk.left));
  const right = Math.max(...chunks.map((chunk) => chunk.right));
  const width = right - left;
  if (!(width > 0) || !Number.isFinite(width)) return null;
  const reach = width * reachShare;
  let best: { gutter: Gutter; weight: number } | null = null;
  for (const x of candidates(chunks, left + width * edgeShare, right - width * edgeShare)) {
    const bands = bandsAt(rows, x, reach);
    const columnar = bands.filter(({ from, to }) => isColumnar(rows.slice(from, to), x, width));
    if (columnar.length === 0) continue;
    let weight = 0;
    for (const { from, to } of columnar)
      for (const row of rows.slice(from, to)) for (const chunk of row) weight += chunk.text.length;
    if (best === null || weight > best.weight) best = { gutter: { x, bands: columnar }, weight };
  }
  return best?.gutter ?? null;
};

/** Places where at least two chunks begin. */
const candidates = (chunks: readonly TextChunk[], from: number, to: number): number[] => {
  const counts = new Map<number, number>();
  for (const { left } of chunks) {
    const x = Math.round(left / 2) * 2 - 3;
    if (x > from && x < to) counts.set(x, (counts.get(x) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= 2).map(([x]) => x);
};

/** Runs of rows that nothing crosses. */
const bandsAt = (rows: readonly ChunkRow[], x: number, reach: number): Band[] => {
  const bands: Band[] = [];
  let from = 0;
  rows.forEach((row, index) => {
    if (!row.some((chunk) => crosses(chunk, x, reach))) return;
    if (index > from) bands.push({ from, to: index });
    from = index + 1;
  });
  if (rows.length > from) bands.push({ from, to: rows.length });
  return bands;
};

const isColumnar = (rows: readonly ChunkRow[], x: number, width: number): boolean => {
  const parts = rows.map((row) => partRow(row, x));
  return areColumns(
    parts.map((part) => part.left),
    parts.map((part) => part.right),
    width,
  );
};

const crosses = (chunk: TextChunk, x: number, reach: number): boolean =>
  chunk.left < x - reach && chunk.right > x + reach;

/** What sticks out past the gutter goes with the side that holds most of it. */
export const partRow = (row: ChunkRow, x: number): { left: ChunkRow; right: ChunkRow } => {
  const left: ChunkRow = [];
  const right: ChunkRow = [];
  for (const chunk of row) ((chunk.left + chunk.right) / 2 <= x ? left : right).push(chunk);
  return { left, right };
};
