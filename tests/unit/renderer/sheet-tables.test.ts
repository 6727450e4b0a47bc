/** Tables that were read as text become tables again, cell by cell, with each cell's place in the text. */
import { expect, it } from 'vitest';
import { extractDocument } from '../../../src-main/library/extraction/extract-document.ts';
import { rowAt, sheetTables } from '../../../src-renderer/document/table/sheet-tables.ts';

const tablesOf = async (name: string, content: string) => {
  const outcome = await extractDocument(name, Buffer.from(content));
  if (outcome.state !== 'indexed') throw new Error(outcome.state);
  const { document } = outcome;
  const cells = sheetTables(document).map(({ columns, rows, lead, ...table }) => ({
    name: table.name,
    lead: lead.map(({ start, end }) => document.text.slice(start, end)),
    columns,
    rows: rows.map((row) => [
      row.number,
      ...row.cells.map((cell) => cell && document.text.slice(cell.start, cell.end)),
    ]),
  }));
  return { document, cells };
};

it('finds title, columns and cells again, empty ones too', async () => {
  const { cells } = await tablesOf(
    'budget.csv',
    'Budget of the studio,,\n,,\nItem,May,June\nClay,40,42\nGas,,9\n"Salt | fine",3,\n',
  );
  expect(cells).toEqual([
    {
      name: null,
      lead: ['Budget of the studio'],
      columns: ['Item', 'May', 'June'],
      rows: [
        [4, 'Clay', '40', '42'],
        [5, 'Gas', null, '9'],
        [6, 'Salt | fine', '3', null],
      ],
    },
  ]);
});

it('shows a table without names of columns', async () => {
  const { cells } = await tablesOf('plain.csv', '1,2,3\n4,5,6\n7,8,9\n');
  expect(cells[0]).toMatchObject({
    columns: ['', '', ''],
    rows: [
      [1, '1', '2', '3'],
      [2, '4', '5', '6'],
      [3, '7', '8', '9'],
    ],
  });
});

it('keeps sheets apart by their names, and knows which row a place is in', () => {
  const text =
    'May\n\nItem | Price\nRow 2: Item: Clay | Price: 40\n\nJune\n\nItem | Price\nRow 2: Item: Gas | Price: 9\nRow 3: Item: Salt | Price: 1';
  const headings = [
    { level: 1, title: 'May', start: 0 },
    { level: 1, title: 'June', start: text.indexOf('June') },
  ];
  const tables = sheetTables({ text, headings });
  expect(tables.map(({ name, rows }) => [name, rows.length])).toEqual([
    ['May', 1],
    ['June', 2],
  ]);
  expect(rowAt(tables, text.indexOf('Salt'))).toEqual({ table: 1, row: 1 });
  expect(rowAt(tables, text.indexOf('Clay'))).toEqual({ table: 0, row: 0 });
  expect(rowAt(tables, 0)).toEqual({ table: 0, row: 0 });
});

it('makes no table of a text without rows', () => {
  expect(sheetTables({ text: 'Nothing but a remark', headings: [] })).toEqual([]);
});
