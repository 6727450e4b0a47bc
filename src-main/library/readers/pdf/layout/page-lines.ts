/** Turns what pdf.js reports of one page into lines in reading order. Text of other directions than the page's main one comes last. */
import type { TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';
import type { PdfLine, PdfRun } from '../pdf-run.ts';
import { dropLineNumbers } from './drop-line-numbers.ts';
import { moveFootnotes } from './move-footnotes.ts';
import { pageRegions } from './page-regions.ts';
import { runsByAngle } from './page-runs.ts';
import { regionLines } from './region-lines.ts';
import { chunkRows } from './text-chunks.ts';

/** A page with more runs than this is a drawing or an attack; its text is taken row by row. */
const maxRunsToOrder = 20_000;

/** `transform` is the page's viewport transform at scale 1, which puts the origin at the top left of the page as shown. */
export const pageLines = (items: readonly TextItem[], transform: readonly number[]): PdfLine[] => {
  const lines: PdfLine[] = [];
  for (const runs of runsByAngle(items, transform)) {
    for (const region of regionsOf(runs)) {
      lines.push(...regionLines(region, (lines.at(-1)?.region ?? -1) + 1));
    }
  }
  return lines;
};

const regionsOf = (runs: readonly PdfRun[]) => {
  const rows = chunkRows(runs);
  if (runs.length <= maxRunsToOrder) return moveFootnotes(pageRegions(dropLineNumbers(rows)));
  return rows.map((row) => ({ rows: [row], left: row[0]!.left, right: row.at(-1)!.right }));
};
