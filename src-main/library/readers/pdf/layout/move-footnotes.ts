/** Puts the footnotes of a column behind all columns of the page, so that a sentence that goes on in the next column stays whole. */
import type { Region } from './page-regions.ts';
import type { ChunkRow } from './text-chunks.ts';

/** Share of the body's size that a footnote has at most. */
const maxSizeShare = 0.93;
const marker = /^(?:\d{1,2}|[*∗†‡§¶])(?!\p{N})[\s.)]*\p{L}/u;

export const moveFootnotes = (regions: readonly Region[]): Region[] => {
  if (regions.length < 2) return [...regions];
  const bodySize = mainSize(regions.flatMap((region) => region.rows));
  const columns: Region[] = [];
  const notes: Region[] = [];
  regions.forEach((region, index) => {
    const next = regions[index + 1];
    const first = next ? firstNote(region, next, bodySize) : region.rows.length;
    if (first > 0) columns.push({ ...region, rows: region.rows.slice(0, first) });
    if (first < region.rows.length) notes.push({ ...region, rows: region.rows.slice(first) });
  });
  return [...columns, ...notes];
};

/** Index of the row where the footnotes begin; the number of rows where there are none. */
const firstNote = ({ rows }: Region, next: Region, bodySize: number): number => {
  let first = rows.length;
  // Only a column has another beside it that begins higher up than this one ends.
  const goesOnAbove = next.rows[0]![0]!.baseline < rows.at(-1)![0]!.baseline;
  if (!goesOnAbove) return first;
  for (let index = rows.length - 1; index > 0; index--) {
    const row = rows[index]!;
    if (row.every((chunk) => chunk.size > maxSizeShare * bodySize)) break;
    if (marker.test(row.map((chunk) => chunk.text).join(' '))) first = index;
  }
  return first;
};

/** Size of most characters. */
const mainSize = (rows: readonly ChunkRow[]): number => {
  const weights = new Map<number, number>();
  for (const { size, text } of rows.flat()) {
    const key = Math.round(size * 2) / 2;
    weights.set(key, (weights.get(key) ?? 0) + text.length);
  }
  return [...weights].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0] as [
    number,
    number,
  ])[0];
};
