/** Takes the pieces of text that pdf.js reports of one page, and turns each direction of writing so that its lines run to the right. */
import type { TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';
import type { PdfRun } from '../pdf-run.ts';
import { readable } from './readable-text.ts';

/** Lines of characters that stand below each other, as in Japanese; they follow each other from right to left. */
const vertical = 1000;

/** One list for each direction, the one with the most text first. `transform` is the page's viewport transform at scale 1. */
export const runsByAngle = (items: readonly TextItem[], transform: readonly number[]): PdfRun[][] => {
  const byAngle = new Map<number, PdfRun[]>();
  for (const item of items) {
    const placed = runOf(item, transform);
    if (!placed) continue;
    const runs = byAngle.get(placed.angle);
    if (runs) runs.push(placed.run);
    else byAngle.set(placed.angle, [placed.run]);
  }
  const weight = (runs: readonly PdfRun[]) => runs.reduce((sum, run) => sum + run.text.length, 0);
  return [...byAngle.values()].sort((a, b) => weight(b) - weight(a));
};

const runOf = (item: TextItem, page: readonly number[]): { run: PdfRun; angle: number } | null => {
  const text = readable(item.str);
  if (text.trim() === '') return null;
  const [a, b, c, d, e, f] = multiply(page, item.transform);
  if (![a, b, c, d, e, f].every(Number.isFinite)) return null;
  const size = Math.hypot(c, d) || Math.hypot(a, b) || 1;
  const common = { text, size, font: item.fontName, isRightToLeft: item.dir === 'rtl' };
  if (item.dir === 'ttb') {
    return { run: { ...common, x: f, baseline: -e, width: item.height }, angle: vertical };
  }
  // The viewport turns y upside down, so the angle counts clockwise.
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  const angle = ((Math.round(degrees / 5) * 5) % 360) + 0;
  const radians = (-angle * Math.PI) / 180;
  const run: PdfRun = {
    ...common,
    x: e * Math.cos(radians) - f * Math.sin(radians),
    baseline: e * Math.sin(radians) + f * Math.cos(radians),
    width: item.width,
  };
  return { run, angle };
};

const multiply = (
  m: readonly number[],
  n: readonly number[],
): [number, number, number, number, number, number] => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = n;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
};
