/** Writes the rows of a region as lines: whole lines of prose, or rows of cells where neighbouring rows have gaps as tables do. */
import type { PdfLine } from '../pdf-run.ts';
import type { Region } from './page-regions.ts';
import type { ChunkRow, TextChunk } from './text-chunks.ts';

/** In font sizes: a wider gap than this may part two cells. */
const cellGap = 1.2;

/** `number` tells the lines of this region from those of others. */
export const regionLines = (region: Region, number: number): PdfLine[] => {
  const rows = region.rows.map(cellsOf);
  const isTabular = rows.map(looksTabular);
  return rows.map((cells, index) => {
    // One line with gaps among lines of prose is justified type; a table has more than one row.
    const isRow = isTabular[index]! && (isTabular[index - 1] || isTabular[index + 1] || false);
    return lineOf(cells, isRow, number, region);
  });
};

const cellsOf = (row: ChunkRow): TextChunk[] => {
  const cells: TextChunk[] = [];
  for (const chunk of row) {
    const last = cells.at(-1);
    if (!last || chunk.left - last.right > cellGap * Math.max(chunk.size, last.size)) {
      cells.push(chunk);
      continue;
    }
    const [first, second] = last.isRightToLeft && chunk.isRightToLeft ? [chunk, last] : [last, chunk];
    const main = chunk.text.length > last.text.length ? chunk : last;
    cells[cells.length - 1] = {
      ...main,
      text: `${first.text} ${second.text}`,
      left: last.left,
      right: Math.max(last.right, chunk.right),
    };
  }
  return cells;
};

const lineOf = (cells: readonly TextChunk[], isRow: boolean, number: number, region: Region): PdfLine => {
  const isRightToLeft = cells.filter((cell) => cell.isRightToLeft).length * 2 > cells.length;
  const main = cells.reduce((longest, cell) => (cell.text.length > longest.text.length ? cell : longest));
  return {
    text: joinCells(isRightToLeft ? cells.toReversed() : cells, isRow),
    left: cells[0]!.left,
    right: Math.max(...cells.map((cell) => cell.right)),
    baseline: main.baseline,
    size: main.size,
    font: main.font,
    isRow,
    region: number,
    regionLeft: region.left,
    regionRight: region.right,
  };
};

const joinCells = (cells: readonly TextChunk[], isRow: boolean): string => {
  const [first, ...others] = cells.map((cell) => cell.text);
  if (first === undefined) return '';
  const separator = isRow ? ' | ' : ' ';
  const isCounted = isRow && !/\p{L}/u.test(others[0] ?? '');
  return isMarker(first) && others.length > 0 && !isCounted
    ? `${first} ${others.join(separator)}`
    : [first, ...others].join(separator);
};

const looksTabular = (cells: readonly TextChunk[]): boolean => {
  const cellCount = cells.length - (isMarker(cells[0]?.text ?? '') ? 1 : 0);
  return cellCount > 1 && !isStretched(cells);
};

/** A bullet or a clause's number stands apart from its text, yet is no cell. */
const isMarker = (text: string): boolean =>
  /^(?:[^\p{L}\p{N}\s]|§?\s*\(?(?:\d{1,3}\.?){1,4}\)?|\(?\p{L}[.)])$/u.test(text);

/** Justified type stretches the spaces of a short line evenly; the gaps between cells differ, or are wide. */
const isStretched = (cells: readonly TextChunk[]): boolean => {
  if (cells.length > 2 && cells.filter(({ text }) => !/\p{L}/u.test(text)).length * 2 > cells.length)
    return false;
  const gaps = cells.slice(1).map((cell, index) => (cell.left - cells[index]!.right) / cell.size);
  const widest = Math.max(...gaps);
  return widest < 1.6 || (gaps.length >= 2 && widest < 6 && widest - Math.min(...gaps) < 0.1 * widest);
};
