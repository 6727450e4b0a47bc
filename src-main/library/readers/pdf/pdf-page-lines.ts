/** Turns what pdf.js reports of one page into lines in reading order. Text of other directions than the page's main one comes last. */
import type { TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';
import { regionsOf } from './pdf-columns.ts';
import type { PdfLine, PdfRun } from './pdf-run.ts';
import { type PdfSegment, segmentsOf } from './pdf-segments.ts';

/** A page with more runs than this is a drawing or an attack; its text is taken in the order it is drawn in. */
const maxRunsToOrder = 20_000;

/** `transform` is the page's viewport transform at scale 1, which puts the origin at the top left of the page as shown. */
export const pageLines = (items: readonly TextItem[], transform: readonly number[]): PdfLine[] => {
  const byAngle = new Map<number, PdfRun[]>();
  for (const item of items) {
    const { run, angle } = runOf(item, transform);
    if (!run) continue;
    const runs = byAngle.get(angle);
    if (runs) runs.push(run);
    else byAngle.set(angle, [run]);
  }
  const weight = (runs: readonly PdfRun[]) => runs.reduce((sum, run) => sum + run.text.length, 0);
  const groups = [...byAngle.values()].sort((a, b) => weight(b) - weight(a));
  const lines: PdfLine[] = [];
  for (const runs of groups) lines.push(...linesOf(runs, (lines.at(-1)?.region ?? -1) + 1));
  return lines;
};

const runOf = (item: TextItem, page: readonly number[]): { run: PdfRun | null; angle: number } => {
  const none = { run: null, angle: 0 };
  if (readable(item.str).trim() === '') return none;
  const [a, b, c, d, e, f] = multiply(page, item.transform);
  if (![a, b, c, d, e, f].every(Number.isFinite)) return none;
  // The viewport turns y upside down, so the angle counts clockwise.
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  const angle = ((Math.round(degrees / 5) * 5) % 360) + 0;
  const radians = (-angle * Math.PI) / 180;
  const size = Math.hypot(c, d) || Math.hypot(a, b) || 1;
  const isVertical = item.dir === 'ttb';
  const run: PdfRun = {
    text: readable(item.str),
    x: e * Math.cos(radians) - f * Math.sin(radians),
    baseline: e * Math.sin(radians) + f * Math.cos(radians),
    width: isVertical ? size : item.width,
    size,
    font: item.fontName,
    isRightToLeft: item.dir === 'rtl',
  };
  return { run, angle: isVertical ? 1000 : angle };
};

/** Symbol fonts put their signs where Unicode has none: bullets are known, the rest means nothing to a search. */
const readable = (text: string): string =>
  text
    .replace(/[\uf0b7\uf0a7\uf0a8\uf06e]/g, '•')
    .replace(/\p{Co}/gu, '')
    .normalize('NFC');

const multiply = (
  m: readonly number[],
  n: readonly number[],
): [number, number, number, number, number, number] => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = n;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
};

const linesOf = (runs: readonly PdfRun[], firstRegion: number): PdfLine[] => {
  if (runs.length > maxRunsToOrder) {
    return segmentsOf(runs).map((segment) => lineOf([segment], false, firstRegion, segment));
  }
  return regionsOf(segmentsOf(runs)).flatMap((region, index) => {
    const rows = rowsOf(region.segments);
    const isTabular = rows.map(looksTabular);
    return rows.map((row, position) => {
      // One line with gaps among lines of prose is justified type; a table has more than one row.
      const isRow = isTabular[position]! && (isTabular[position - 1] || isTabular[position + 1] || false);
      return lineOf(row, isRow, firstRegion + index, region);
    });
  });
};

const rowsOf = (segments: readonly PdfSegment[]): PdfSegment[][] => {
  const rows: PdfSegment[][] = [];
  for (const segment of segments.toSorted((a, b) => a.baseline - b.baseline)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && segment.baseline - first.baseline <= 0.4 * Math.max(segment.size, first.size))
      row.push(segment);
    else rows.push([segment]);
  }
  return rows;
};

const lineOf = (
  row: readonly PdfSegment[],
  isRow: boolean,
  region: number,
  bounds: { left: number; right: number },
): PdfLine => {
  const isRightToLeft = row.filter((segment) => segment.isRightToLeft).length * 2 > row.length;
  const cells = row.toSorted((a, b) => (isRightToLeft ? b.left - a.left : a.left - b.left));
  const main = row.reduce((longest, segment) =>
    segment.text.length > longest.text.length ? segment : longest,
  );
  return {
    text: joinCells(cells, isRow),
    left: Math.min(...row.map((segment) => segment.left)),
    right: Math.max(...row.map((segment) => segment.right)),
    baseline: main.baseline,
    size: main.size,
    font: main.font,
    isRow,
    region,
    regionLeft: bounds.left,
    regionRight: bounds.right,
  };
};

const joinCells = (cells: readonly PdfSegment[], isRow: boolean): string => {
  const [first, ...others] = cells.map((cell) => cell.text);
  if (first === undefined) return '';
  const separator = isRow ? ' | ' : ' ';
  return isMarker(first) && others.length > 0
    ? `${first} ${others.join(separator)}`
    : [first, ...others].join(separator);
};

const looksTabular = (row: readonly PdfSegment[]): boolean => {
  const sorted = row.toSorted((a, b) => a.left - b.left);
  const cellCount = sorted.length - (isMarker(sorted[0]?.text ?? '') ? 1 : 0);
  return cellCount > 1 && !isStretched(sorted);
};

/** A bullet or a clause's number stands apart from its text, yet is no cell. */
const isMarker = (text: string): boolean =>
  /^(?:[^\p{L}\p{N}\s]|§?\s*\(?(?:\d{1,3}\.?){1,4}\)?|\(?\p{L}[.)])$/u.test(text);

/** Justified type stretches the spaces of a short line evenly; the gaps between cells differ, or are wide. */
const isStretched = (sorted: readonly PdfSegment[]): boolean => {
  const gaps = sorted.slice(1).map((segment, index) => (segment.left - sorted[index]!.right) / segment.size);
  const widest = Math.max(...gaps);
  return widest < 1.6 || (gaps.length >= 2 && widest < 6 && widest - Math.min(...gaps) < 0.1 * widest);
};
