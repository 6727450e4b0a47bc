/** Joins the runs of a page that stand next to each other on a baseline into segments: whole lines, or the cells of a row. */
import type { PdfRun } from './pdf-run.ts';

export type PdfSegment = {
  text: string;
  left: number;
  right: number;
  baseline: number;
  size: number;
  font: string;
  isRightToLeft: boolean;
};

/** Gaps are measured in font sizes: a wider one than this may be a gutter between columns or cells. */
const splitGap = 1.2;
/** pdf.js itself takes a gap of a tenth of the font size for a space. */
const spaceGap = 0.11;

export const segmentsOf = (runs: readonly PdfRun[]): PdfSegment[] =>
  rowsOf(runs).flatMap((row) => splitRow(dropRepeats(row)));

/** Rows by baseline; superscripts and slightly uneven baselines stay with their line. */
const rowsOf = (runs: readonly PdfRun[]): PdfRun[][] => {
  const sorted = runs.filter((run) => run.text.trim() !== '').sort((a, b) => a.baseline - b.baseline);
  const rows: PdfRun[][] = [];
  let row: PdfRun[] = [];
  let reference: PdfRun | undefined;
  for (const run of sorted) {
    if (reference && run.baseline - reference.baseline <= 0.4 * Math.max(run.size, reference.size)) {
      row.push(run);
      if (run.size > reference.size * 1.1) reference = run;
    } else {
      row = [run];
      rows.push(row);
      reference = run;
    }
  }
  for (const runsOfRow of rows) runsOfRow.sort((a, b) => a.x - b.x);
  return rows;
};

/** Bold is sometimes faked by drawing the same text twice, a hair apart. */
const dropRepeats = (row: readonly PdfRun[]): PdfRun[] => {
  const kept: PdfRun[] = [];
  for (const run of row) {
    const repeated = kept
      .slice(-3)
      .some((other) => other.text === run.text && Math.abs(other.x - run.x) < 0.2 * run.size);
    if (!repeated) kept.push(run);
  }
  return kept;
};

const splitRow = (row: readonly PdfRun[]): PdfSegment[] => {
  const groups: PdfRun[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const run of row) {
    const group = groups.at(-1);
    if (group && run.x - right <= splitGap * Math.max(run.size, group.at(-1)?.size ?? 0)) group.push(run);
    else groups.push([run]);
    right = Math.max(groups.at(-1)?.length === 1 ? Number.NEGATIVE_INFINITY : right, run.x + run.width);
  }
  return groups.map(segmentOf);
};

const segmentOf = (runs: readonly PdfRun[]): PdfSegment => {
  const isRightToLeft = characters(runs.filter((run) => run.isRightToLeft)) * 2 > characters(runs);
  const main = runs.reduce((widest, run) => (run.text.length > widest.text.length ? run : widest));
  return {
    text: joinRuns(runs, isRightToLeft),
    left: Math.min(...runs.map((run) => run.x)),
    right: Math.max(...runs.map((run) => run.x + run.width)),
    baseline: main.baseline,
    size: main.size,
    font: main.font,
    isRightToLeft,
  };
};

const joinRuns = (runs: readonly PdfRun[], isRightToLeft: boolean): string => {
  const ordered = isRightToLeft ? runs.toReversed() : runs;
  let text = '';
  let last: PdfRun | undefined;
  for (const run of ordered) {
    if (last) {
      const gap = isRightToLeft ? last.x - (run.x + run.width) : run.x - (last.x + last.width);
      if (gap > spaceGap * Math.min(run.size, last.size)) text += ' ';
    }
    text += run.text;
    last = run;
  }
  return text.replace(/\s+/g, ' ').trim();
};

const characters = (runs: readonly PdfRun[]): number => runs.reduce((sum, run) => sum + run.text.length, 0);
