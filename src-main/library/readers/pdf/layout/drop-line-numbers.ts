/** Takes the numbers of lines out of the margins of manuscripts and statutes, where they would stand in the middle of sentences. */
import type { ChunkRow, TextChunk } from './text-chunks.ts';

const minCount = 5;
/** Letters beside a number, for the row to be a line of prose and not one of a table. */
const minLetters = 14;

export const dropLineNumbers = (rows: readonly ChunkRow[]): ChunkRow[] => {
  const numbers = new Set([
    ...lineNumbers(
      rows,
      (row) => row[0]!,
      (a, b) => a.right < b.left,
    ),
    ...lineNumbers(
      rows,
      (row) => row.at(-1)!,
      (a, b) => a.left > b.right,
    ),
  ]);
  if (numbers.size === 0) return [...rows];
  return rows.map((row) => row.filter((chunk) => !numbers.has(chunk))).filter((row) => row.length > 0);
};

const lineNumbers = (
  rows: readonly ChunkRow[],
  outermost: (row: ChunkRow) => TextChunk,
  isOutside: (a: TextChunk, b: TextChunk) => boolean,
): TextChunk[] => {
  const numbered = rows.filter((row) => /^\d{1,4}$/.test(outermost(row).text));
  if (numbered.length < minCount) return [];
  const numbers = numbered.map(outermost);
  const others = rows.flat().filter((chunk) => !numbers.includes(chunk));
  if (!numbers.every((number) => others.every((other) => isOutside(number, other)))) return [];
  const steps = numbers.slice(1).map((number, index) => Number(number.text) - Number(numbers[index]!.text));
  const isRegular = steps[0]! > 0 && steps.filter((step) => step === steps[0]).length >= 0.8 * steps.length;
  const besideProse = numbered.filter((row) => isProse(row.filter((chunk) => !numbers.includes(chunk))));
  return isRegular && besideProse.length >= 0.6 * numbered.length ? numbers : [];
};

/** One line, not cells: of several chunks the widest must hold most of the letters. */
const isProse = (row: ChunkRow): boolean => {
  const letters = row.map(({ text }) => text.match(/\p{L}/gu)?.length ?? 0);
  return Math.max(0, ...letters) >= minLetters;
};
