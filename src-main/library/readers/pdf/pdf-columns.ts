/**
 * Puts the segments of a page in the order a person reads them. Columns are told from tables by their prose: lines that
 * fill the column. What crosses a gutter, such as a title, parts what is above it from what is below.
 */
import type { PdfSegment } from './pdf-segments.ts';

export type Region = { segments: PdfSegment[]; left: number; right: number };

const maxDepth = 4;
const minColumnLines = 4;
const minColumnCharacters = 18;
const minColumnFill = 0.5;

/** Regions in reading order; the segments within a region are in no particular order. */
export const regionsOf = (segments: readonly PdfSegment[], depth = 0): Region[] => {
  if (segments.length === 0) return [];
  const gutter = depth < maxDepth ? findGutter(segments) : null;
  if (gutter === null) return [regionFrom(segments)];
  const crossing = segments
    .filter((segment) => crosses(segment, gutter))
    .sort((a, b) => a.baseline - b.baseline);
  const regions: Region[] = [];
  let rest = segments.filter((segment) => !crosses(segment, gutter));
  for (const block of blocksOf(crossing)) {
    const top = block[0]!.baseline;
    regions.push(
      ...columns(
        rest.filter((segment) => segment.baseline < top),
        gutter,
        depth,
      ),
    );
    regions.push(regionFrom(block));
    rest = rest.filter((segment) => segment.baseline >= top);
  }
  regions.push(...columns(rest, gutter, depth));
  return regions;
};

const columns = (segments: readonly PdfSegment[], gutter: number, depth: number): Region[] => {
  const left = segments.filter((segment) => segment.right <= gutter);
  const right = segments.filter((segment) => segment.right > gutter);
  const inOrder = isMostlyRightToLeft(segments) ? [right, left] : [left, right];
  return inOrder.flatMap((column) => regionsOf(column, depth + 1));
};

/** Crossing lines that follow each other closely are one block, so that a paragraph across the page stays whole. */
const blocksOf = (crossing: readonly PdfSegment[]): PdfSegment[][] => {
  const blocks: PdfSegment[][] = [];
  for (const segment of crossing) {
    const block = blocks.at(-1);
    const last = block?.at(-1);
    if (block && last && segment.baseline - last.baseline < 2 * Math.max(segment.size, last.size))
      block.push(segment);
    else blocks.push([segment]);
  }
  return blocks;
};

const crosses = (segment: PdfSegment, gutter: number): boolean =>
  segment.left < gutter && segment.right > gutter;

const regionFrom = (segments: readonly PdfSegment[]): Region => ({
  segments: [...segments],
  left: Math.min(...segments.map((segment) => segment.left)),
  right: Math.max(...segments.map((segment) => segment.right)),
});

/** The place, if any, where a vertical strip of white parts two columns of prose. */
const findGutter = (segments: readonly PdfSegment[]): number | null => {
  if (segments.length < 2 * minColumnLines) return null;
  const { left, right } = regionFrom(segments);
  const width = right - left;
  if (width <= 0 || !Number.isFinite(width)) return null;
  const candidates = new Set<number>();
  for (const segment of segments) candidates.add(Math.round(segment.left) - 3);
  let best: { gutter: number; crossing: number } | null = null;
  for (const gutter of candidates) {
    if (gutter < left + width * 0.15 || gutter > left + width * 0.85) continue;
    const crossing = segments.filter((segment) => crosses(segment, gutter)).length;
    if (crossing > segments.length * 0.3 || (best && crossing >= best.crossing)) continue;
    const leftSide = segments.filter((segment) => segment.right <= gutter);
    const rightSide = segments.filter((segment) => segment.left >= gutter);
    if (
      haveEnoughLines(leftSide.length, rightSide.length) &&
      isColumn(leftSide, width) &&
      isColumn(rightSide, width) &&
      standSideBySide(leftSide, rightSide)
    ) {
      best = { gutter, crossing };
    }
  }
  return best?.gutter ?? null;
};

/** Beside a long column, one that has only begun counts as well. */
const haveEnoughLines = (left: number, right: number): boolean => {
  const fewer = Math.min(left, right);
  const more = Math.max(left, right);
  return fewer >= minColumnLines || (fewer >= 2 && more >= 6) || more >= 12;
};

const isColumn = (segments: readonly PdfSegment[], pageWidth: number): boolean => {
  if (segments.length === 0) return false;
  const { left, right } = regionFrom(segments);
  const columnWidth = right - left;
  if (columnWidth < pageWidth * 0.15) return false;
  const lines = joinStretched(segments);
  const meanWidth = mean(lines.map((line) => line.right - line.left));
  const meanCharacters = mean(lines.map((line) => line.characters));
  return meanWidth >= columnWidth * minColumnFill && meanCharacters >= minColumnCharacters;
};

type Extent = { left: number; right: number; characters: number };

/** Words that justified type has set far apart are one line; cells of a table stand further apart still. */
const joinStretched = (segments: readonly PdfSegment[]): Extent[] => {
  const lines: Extent[] = [];
  let last: PdfSegment | undefined;
  for (const segment of segments.toSorted((a, b) => a.baseline - b.baseline || a.left - b.left)) {
    const line = lines.at(-1);
    const isSameLine =
      line &&
      last?.baseline === segment.baseline &&
      segment.left >= line.right &&
      segment.left - line.right < 3 * segment.size;
    if (isSameLine) {
      line.right = segment.right;
      line.characters += segment.text.length + 1;
    } else {
      lines.push({ left: segment.left, right: segment.right, characters: segment.text.length });
    }
    last = segment;
  }
  return lines;
};

const standSideBySide = (a: readonly PdfSegment[], b: readonly PdfSegment[]): boolean => {
  const [topA, bottomA] = extent(a);
  const [topB, bottomB] = extent(b);
  const overlap = Math.min(bottomA, bottomB) - Math.max(topA, topB);
  return overlap >= 0.5 * Math.min(bottomA - topA, bottomB - topB);
};

const extent = (segments: readonly PdfSegment[]): [number, number] => {
  const baselines = segments.map((segment) => segment.baseline);
  return [Math.min(...baselines), Math.max(...baselines)];
};

const isMostlyRightToLeft = (segments: readonly PdfSegment[]): boolean =>
  segments.filter((segment) => segment.isRightToLeft).length * 2 > segments.length;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
