/**
 * Tells two columns of text from the cells of a table. Columns are long, filled with lines of many characters, and go on side by side;
 * cells are short, or end and begin together, row by row.
 */
import type { ChunkRow } from './text-chunks.ts';

const minColumnLines = 4;
const minCharacters = 18;
/** Of one side of a row, for it to be a line of prose: fewer are a cell, or a short line. */
const minLetters = 14;
const minNarrowCharacters = 9;
const minFill = 0.42;
/** Share of the width that a column has at least. */
const minWidth = 0.12;
const minNarrowWidth = 0.07;

/** `left[i]` and `right[i]` are the two sides of row i, empty where a side has nothing there. `width` is that of both sides together. */
export const areColumns = (left: readonly ChunkRow[], right: readonly ChunkRow[], width: number): boolean => {
  const a = linesOf(left);
  const b = linesOf(right);
  if (!haveEnoughLines(a.length, b.length) || !standSideBySide(a, b)) return false;
  const shared = left.flatMap((row, index) => (areLevel(row, right[index]!) ? [index] : []));
  const prose = shared.filter((index) => isProse(left[index]!) && isProse(right[index]!));
  const cells = shared.length - prose.length;
  const rowCount = Math.min(countRows(left), countRows(right));
  if (cells > 2 * prose.length && cells >= 3 && cells >= 0.6 * rowCount) return false;
  // Rows of a table share their baselines; a margin note beside a text seldom shares all of its own.
  const isIndependent = shared.length < 0.6 * rowCount;
  return isColumn(a, width, isIndependent) && isColumn(b, width, isIndependent);
};

/** Cells of one row stand on one baseline; lines of independent columns only come near to it. */
const areLevel = ([a]: ChunkRow, [b]: ChunkRow): boolean =>
  a !== undefined && b !== undefined && Math.abs(a.baseline - b.baseline) < 0.1 * Math.max(a.size, b.size);

const countRows = (side: readonly ChunkRow[]): number => side.filter((row) => row.length > 0).length;

const isProse = (row: ChunkRow): boolean => {
  let letters = 0;
  for (const { text } of row) letters += text.match(/\p{L}/gu)?.length ?? 0;
  return letters >= minLetters;
};

type Line = { left: number; right: number; baseline: number; size: number; characters: number };

/** Words that justified type has set far apart are one line; cells of a table stand further apart still. */
const linesOf = (rows: readonly ChunkRow[]): Line[] => {
  const lines: Line[] = [];
  for (const row of rows) {
    let line: Line | undefined;
    for (const chunk of row) {
      if (line && chunk.left - line.right < 2.5 * chunk.size) {
        line.right = Math.max(line.right, chunk.right);
        line.characters += chunk.text.length + 1;
        continue;
      }
      const { left, right, baseline, size, text } = chunk;
      line = { left, right, baseline, size, characters: text.length };
      lines.push(line);
    }
  }
  return lines;
};

/** Beside a long column, one that has only begun counts as well. */
const haveEnoughLines = (left: number, right: number): boolean => {
  const fewer = Math.min(left, right);
  const more = Math.max(left, right);
  return fewer >= minColumnLines || (fewer >= 2 && more >= 6) || (fewer >= 1 && more >= 12);
};

const standSideBySide = (a: readonly Line[], b: readonly Line[]): boolean => {
  const [topA, bottomA] = [a[0]!.baseline, a.at(-1)!.baseline];
  const [topB, bottomB] = [b[0]!.baseline, b.at(-1)!.baseline];
  const overlap = Math.min(bottomA, bottomB) - Math.max(topA, topB);
  return overlap >= 0.5 * Math.min(bottomA - topA, bottomB - topB);
};

const isColumn = (lines: readonly Line[], width: number, isIndependent: boolean): boolean => {
  const left = percentile(
    lines.map((line) => line.left),
    0.05,
  );
  const right = percentile(
    lines.map((line) => line.right),
    0.95,
  );
  const columnWidth = right - left;
  if (columnWidth < width * (isIndependent ? minNarrowWidth : minWidth)) return false;
  // Weighed by their characters, so that the labels of a figure in a column of prose count for little.
  const total = lines.reduce((sum, line) => sum + line.characters, 0);
  const weighed = (measure: (line: Line) => number) =>
    lines.reduce((sum, line) => sum + measure(line) * line.characters, 0) / total;
  const fill = weighed((line) => line.right - line.left) / columnWidth;
  const characters = weighed((line) => line.characters);
  return fill >= minFill && characters >= (isIndependent ? minNarrowCharacters : minCharacters);
};

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.round((values.length - 1) * share)]!;
