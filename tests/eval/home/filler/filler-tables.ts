/** Sheets that answer nothing: budgets of other years, stock of other shelves, lists of other people. */
import { type Random, seededRandom } from '../../../../src-main/common/seeded-random.ts';
import type { HomeDocument, Sheet } from '../home-document.ts';
import { fillGaps } from './filler-text.ts';
import { isoDay } from './iso-day.ts';

const shapes: readonly { file: string; header: string[]; row: string[] }[] = [
  {
    file: 'money/old/Household budget {n}.xlsx',
    header: ['Month', 'Food', 'Energy', 'Remark'],
    row: ['{month}', '{money}', '{money}', 'bought {item}'],
  },
  {
    file: 'office/stock/Shelf {n}.xlsx',
    header: ['Part', 'Place', 'Pieces', 'Remark'],
    row: ['{code}', 'drawer {number}', '{number}', 'from {firm}'],
  },
  {
    file: 'office/stock/Calls {n}.ods',
    header: ['Day', 'Caller', 'Matter', 'Minutes'],
    row: ['{date}', '{person}', 'display at {place}', '{number}'],
  },
  {
    file: 'garden/seeds {n}.csv',
    header: ['date', 'what', 'from', 'pieces'],
    row: ['{year}', '{item}', '{firm}', '{number}'],
  },
  {
    file: 'home/lists/list {n}.csv',
    header: ['what', 'who', 'drawer', 'remark'],
    row: ['{item}', '{person}', '{number}', 'since {month}'],
  },
];

export function fillerTables(): HomeDocument[] {
  return shapes.flatMap((shape) =>
    Array.from({ length: 7 }, (_, index): HomeDocument => {
      const random = seededRandom(`${shape.file} ${index}`);
      const file = shape.file.replace('{n}', String(index + 1));
      const rows = [
        shape.header,
        ...Array.from({ length: 8 + random.below(16) }, () => filled(random, shape.row)),
      ];
      const date = isoDay(random.below(3000));
      if (file.endsWith('.csv')) return { file, date, raw: rows.map((row) => row.join(',')) };
      const sheet: Sheet = { name: 'Sheet1', rows: rows.map((row) => row.map(numberWhereItIsOne)) };
      return { file, date, sheets: [sheet] };
    }),
  );
}

const filled = (random: Random, row: readonly string[]) => row.map((cell) => fillGaps(random, cell, 'en'));

const numberWhereItIsOne = (cell: string): string | number => (/^\d+$/.test(cell) ? Number(cell) : cell);
