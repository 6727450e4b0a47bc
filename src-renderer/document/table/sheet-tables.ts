/**
 * Tables as they were read (`Row 4: Item: Clay | May: 40`, the columns' names above) back into rows and columns. Cells keep their places in
 * the text, so that what was found there can be marked. A cell that says ` | ` itself is put together again where its column is named.
 */
import type { DocumentText } from '../../../src-main/contract/libraries.ts';
import type { TextRange } from '../../../src-main/contract/search.ts';

export type SheetRow = TextRange & {
  /** As the sheet numbers it. */
  number: number;
  /** By column; null where the cell is empty. */
  cells: (TextRange | null)[];
};

export type SheetTable = TextRange & {
  /** Null where the table is the whole document. */
  name: string | null;
  /** Lines above the table, such as its title. */
  lead: TextRange[];
  columns: string[];
  rows: SheetRow[];
};

const separator = ' | ';

/** Empty where the text holds no rows. */
export function sheetTables({ text, headings }: Pick<DocumentText, 'text' | 'headings'>): SheetTable[] {
  const starts = headings
    .filter(({ level, title, start }) => level === 1 && text.startsWith(title, start))
    .map(({ title, start }) => ({ name: title, start, contentStart: start + title.length }));
  const sections = starts.length > 0 ? starts : [{ name: null, start: 0, contentStart: 0 }];
  return sections.flatMap(({ name, start, contentStart }, index) => {
    const end = sections[index + 1]?.start ?? text.length;
    const table = tableOf(text, contentStart, end);
    return table.rows.length > 0 ? [{ ...table, name, start, end }] : [];
  });
}

/** The table and the row that hold a place of the text; the row before it where it stands between two. */
export function rowAt(tables: readonly SheetTable[], at: number): { table: number; row: number } {
  const found = tables.findIndex(({ start, end }) => at >= start && at < end);
  const table = Math.max(0, found);
  const row = tables[table]?.rows.findLastIndex(({ start }) => start <= at) ?? 0;
  return { table, row: Math.max(0, row) };
}

function tableOf(text: string, start: number, end: number): Pick<SheetTable, 'lead' | 'columns' | 'rows'> {
  const lines = linesOf(text, start, end);
  const first = lines.findIndex((line) => rowNumber(text, line) !== null);
  if (first < 0) return { lead: [], columns: [], rows: [] };
  const above = lines.slice(0, first);
  const names = above.at(-1);
  const columns = names ? text.slice(names.start, names.end).split(separator) : [];
  const rows = lines.slice(first).flatMap((line) => {
    const numbered = rowNumber(text, line);
    if (!numbered) return [];
    const cells = cellsOf(text, { start: line.start + numbered.length, end: line.end }, columns);
    return [{ ...line, number: numbered.number, cells }];
  });
  // Without names, as many columns as the longest row has.
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), columns.length);
  return {
    lead: above.slice(0, -1),
    columns: [...columns, ...Array<string>(width - columns.length).fill('')],
    rows,
  };
}

function linesOf(text: string, start: number, end: number): TextRange[] {
  const lines: TextRange[] = [];
  for (let at = start; at < end; ) {
    const next = text.indexOf('\n', at);
    const lineEnd = next < 0 || next > end ? end : next;
    if (text.slice(at, lineEnd).trim() !== '') lines.push({ start: at, end: lineEnd });
    at = lineEnd + 1;
  }
  return lines;
}

function rowNumber(text: string, { start, end }: TextRange): { number: number; length: number } | null {
  const found = /^Row (\d+): /.exec(text.slice(start, Math.min(end, start + 20)));
  return found ? { number: Number(found[1]), length: found[0].length } : null;
}

function cellsOf(text: string, { start, end }: TextRange, columns: readonly string[]): (TextRange | null)[] {
  const cells: (TextRange | null)[] = Array.from({ length: columns.length }, () => null);
  let column = -1;
  for (let at = start; at < end; ) {
    const next = text.indexOf(separator, at);
    const partEnd = next < 0 || next >= end ? end : next;
    const named = columns.findIndex(
      (name, index) => index > column && text.startsWith(`${name}: `, at) && name !== '',
    );
    if (named >= 0) {
      column = named;
      cells[column] = { start: at + columns[named]!.length + 2, end: partEnd };
    } else if (columns.length === 0) cells.push({ start: at, end: partEnd });
    else {
      column = Math.max(0, column);
      cells[column] = { start: cells[column]?.start ?? at, end: partEnd };
    }
    at = partEnd + separator.length;
  }
  return cells;
}
