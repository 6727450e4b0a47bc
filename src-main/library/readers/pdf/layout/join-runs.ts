/** Writes the runs of a chunk as text: spaces where the gaps are, each direction of writing in its own order. */
import type { PdfRun } from '../pdf-run.ts';

/** In font sizes; pdf.js itself takes a gap of a tenth for a space. */
const spaceGap = 0.11;

/** `runs` from left to right. Within a line of right-to-left text, words of the other direction keep their own order. */
export const joinRuns = (runs: readonly PdfRun[], isRightToLeft: boolean): string => {
  const ordered = isRightToLeft ? reorder(runs) : runs;
  let text = '';
  let last: PdfRun | undefined;
  for (const run of ordered) {
    if (last && gapBetween(last, run) > spaceGap * Math.min(run.size, last.size)) text += ' ';
    text += run.text;
    last = run;
  }
  return text.replace(/\s+/g, ' ').trim();
};

/** Distance between two runs, whichever of them stands on the left. */
const gapBetween = (a: PdfRun, b: PdfRun): number =>
  a.x <= b.x ? b.x - (a.x + a.width) : a.x - (b.x + b.width);

const reorder = (runs: readonly PdfRun[]): PdfRun[] => {
  const ordered: PdfRun[] = [];
  let leftToRight: PdfRun[] = [];
  for (const run of runs.toReversed()) {
    if (run.isRightToLeft || !/[\p{L}\p{N}]/u.test(run.text)) {
      ordered.push(...leftToRight, run);
      leftToRight = [];
    } else leftToRight.unshift(run);
  }
  return [...ordered, ...leftToRight];
};
