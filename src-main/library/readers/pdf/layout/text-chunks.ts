/** Joins the runs of a page that stand next to each other on a baseline into chunks: pieces of lines that no wide gap cuts. */
import type { PdfRun } from '../pdf-run.ts';
import { joinRuns } from './join-runs.ts';

export type TextChunk = {
  text: string;
  left: number;
  right: number;
  baseline: number;
  size: number;
  font: string;
  isRightToLeft: boolean;
};

/** Chunks that share a baseline, from left to right. */
export type ChunkRow = TextChunk[];

/** In font sizes. Wider than nearly every space of justified type, narrower than nearly every gutter. */
const chunkGap = 0.75;
/** Superscripts, subscripts and slightly uneven baselines stay with their line. In font sizes. */
const baselineTolerance = 0.4;

/** Rows from top to bottom. */
export const chunkRows = (runs: readonly PdfRun[]): ChunkRow[] =>
  runRows(runs).map((row) => chunksOf(dropRepeats(row)));

const runRows = (runs: readonly PdfRun[]): PdfRun[][] => {
  const sorted = runs.filter((run) => run.text.trim() !== '').sort((a, b) => a.baseline - b.baseline);
  const rows: PdfRun[][] = [];
  // A huge sign must not draw the lines beside it into one row.
  const maxTolerance = 1.5 * baselineTolerance * medianSize(sorted);
  let row: PdfRun[] = [];
  let reference: PdfRun | undefined;
  for (const run of sorted) {
    const size = Math.max(run.size, reference?.size ?? 0);
    const tolerance = Math.min(baselineTolerance * size, maxTolerance);
    if (reference && run.baseline - reference.baseline <= tolerance) {
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

const medianSize = (runs: readonly PdfRun[]): number =>
  runs.map((run) => run.size).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;

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

const chunksOf = (row: readonly PdfRun[]): TextChunk[] => {
  const groups: PdfRun[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const run of row) {
    const group = groups.at(-1);
    if (group && run.x - right <= chunkGap * Math.max(run.size, group.at(-1)!.size)) {
      group.push(run);
      right = Math.max(right, run.x + run.width);
    } else {
      groups.push([run]);
      right = run.x + run.width;
    }
  }
  return groups.map(chunkOf);
};

const chunkOf = (runs: readonly PdfRun[]): TextChunk => {
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

const characters = (runs: readonly PdfRun[]): number => runs.reduce((sum, run) => sum + run.text.length, 0);
