/**
 * Writes a table as text in which a row is found by its values together with the names of their columns: `Row 5: Name: Ann | Town: Ely`.
 * Which row names the columns is worked out from the rows, since no format of tables says so.
 */
import type { DocumentBuilder } from '../../extraction/document-builder.ts';

export type Sheet = {
  /** Null where the table is the whole document. */
  name: string | null;
  /** Cells as a person sees them; row 1 first, empty rows included, so that numbers are those of the table. */
  rows: readonly (readonly string[])[];
};

/** Rows under one heading, so that a passage says whereabouts in a long table it stands. */
const rowsPerHeading = 20;
const longestColumnName = 80;
/** How far down to look for the names of the columns. */
const linesAboveTable = 20;

export const addSheet = (builder: DocumentBuilder, { name, rows }: Sheet): void => {
  const filled = rows.flatMap((cells, index) => {
    const trimmed = cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
    return trimmed.some((cell) => cell !== '') ? [{ number: index + 1, cells: trimmed }] : [];
  });
  if (filled.length === 0) return;
  if (name !== null) {
    builder.startHeading(1);
    builder.addText(name);
    builder.endHeading();
  }
  const names = findColumnNames(filled.map(({ cells }) => cells));
  const before = filled.slice(0, names?.index ?? 0);
  for (const { cells } of before) addLine(builder, cells.filter((cell) => cell !== '').join(' | '));
  const body = filled.slice(names ? names.index + 1 : 0);
  if (names) addLine(builder, names.columns.filter((column) => column !== '').join(' | '));
  for (let start = 0; start < body.length; start += rowsPerHeading) {
    const block = body.slice(start, start + rowsPerHeading);
    if (body.length > rowsPerHeading) {
      builder.noteHeading(2, `Rows ${block[0]!.number}–${block.at(-1)!.number}`);
    } else builder.breakParagraph();
    for (const { number, cells } of block) {
      const values = cells.flatMap((cell, column) => {
        if (cell === '') return [];
        const columnName = names?.columns[column];
        return columnName ? `${columnName}: ${cell}` : cell;
      });
      addLine(builder, `Row ${number}: ${values.join(' | ')}`);
    }
  }
  builder.breakParagraph();
};

const addLine = (builder: DocumentBuilder, line: string): void => {
  builder.breakLine();
  builder.addText(line);
};

/**
 * The first row that looks like names: about as wide as the table, words only, none twice. Rows above it, such as a title, have
 * hardly a cell filled.
 */
const findColumnNames = (
  rows: readonly (readonly string[])[],
): { index: number; columns: readonly string[] } | null => {
  const width = median(rows.map(countFilled));
  if (rows.length < 2 || width < 1) return null;
  for (const [index, cells] of rows.slice(0, Math.min(linesAboveTable, rows.length - 1)).entries()) {
    const count = countFilled(cells);
    if (count < Math.max(1, width * 0.6)) continue;
    return areNames(cells, rows.slice(index + 1)) ? { index, columns: cells } : null;
  }
  return null;
};

const areNames = (cells: readonly string[], below: readonly (readonly string[])[]): boolean => {
  const names = cells.filter((cell) => cell !== '');
  const isWorded = names.every(
    (name) => /\p{L}/u.test(name) && name.length <= longestColumnName && !isValue(name),
  );
  if (!isWorded || new Set(names).size < names.length) return false;
  // In a table of words alone, a name is a word that its column does not hold again.
  const sample = below.slice(0, 200);
  const hasValues = sample.some((row) => row.some((cell, column) => cells[column] !== '' && isValue(cell)));
  return (
    hasValues ||
    (names.length > 1 &&
      cells.every((cell, column) => cell === '' || !sample.some((row) => row[column] === cell)))
  );
};

/** Numbers, amounts, dates, times, addresses: what stands in a column, never above it. */
const isValue = (cell: string): boolean =>
  /^[\p{Sc}\s+\-(]*\d[\d.,:/\s%)\p{Sc}-]*$/u.test(cell) ||
  /^\S+@\S+\.\S+$|^https?:\/\//i.test(cell) ||
  /^\d{4}-\d\d/.test(cell);

const countFilled = (cells: readonly string[]): number => cells.filter((cell) => cell !== '').length;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
