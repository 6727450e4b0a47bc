/**
 * Tells headings from body text: by the document's outline where it has one, else by size, else by a font of their own.
 * It judges single lines; it does not understand what they say.
 */
import type { PdfLine } from './pdf-run.ts';

export type OutlineEntry = { title: string; level: number; pageIndex: number };

const maxHeadingLength = 120;
const maxLevels = 4;

/** Level of each line that is a heading, 1 the highest. */
export const findHeadings = (
  pages: readonly (readonly PdfLine[])[],
  outline: readonly OutlineEntry[],
): Map<PdfLine, number> => {
  const fromOutline = matchOutline(pages, outline);
  return fromOutline.size >= 2 ? fromOutline : byType(pages);
};

const matchOutline = (
  pages: readonly (readonly PdfLine[])[],
  outline: readonly OutlineEntry[],
): Map<PdfLine, number> => {
  const levels = new Map<PdfLine, number>();
  for (const entry of outline) {
    const wanted = lettersOf(entry.title);
    if (wanted === '') continue;
    for (const line of findOnPage(pages[entry.pageIndex] ?? [], wanted, levels))
      levels.set(line, entry.level);
  }
  return levels;
};

/** The line that says what the outline says, or the two lines that say it together. */
const findOnPage = (
  page: readonly PdfLine[],
  wanted: string,
  taken: ReadonlyMap<PdfLine, number>,
): PdfLine[] => {
  for (const [index, line] of page.entries()) {
    const letters = lettersOf(line.text);
    if (taken.has(line) || letters === '') continue;
    if (letters === wanted || isNumbered(letters, wanted)) return [line];
    const next = page[index + 1];
    if (!next || taken.has(next) || letters.length >= wanted.length) continue;
    const both = letters + lettersOf(next.text);
    if (both === wanted || isNumbered(both, wanted)) return [line, next];
  }
  return [];
};

/** Outline and page often differ by the section's number alone. */
const isNumbered = (letters: string, wanted: string): boolean => {
  const [short, long] = letters.length < wanted.length ? [letters, wanted] : [wanted, letters];
  return short.length >= 4 && long.endsWith(short) && /^\d+$/.test(long.slice(0, -short.length));
};

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

const byType = (pages: readonly (readonly PdfLine[])[]): Map<PdfLine, number> => {
  const lines = pages.flat();
  const bodySize = mostUsed(lines, (line) => Math.round(line.size * 2) / 2);
  const bodyFont = mostUsed(lines, (line) => line.font);
  const levels = new Map<PdfLine, number>();
  if (bodySize === undefined || bodyFont === undefined) return levels;
  const larger = new Set<number>();
  const candidates: { line: PdfLine; size: number }[] = [];
  for (const page of pages) {
    page.forEach((line, index) => {
      if (!looksLikeHeading(line)) return;
      const size = Math.round(line.size * 2) / 2;
      if (size >= bodySize * 1.12) {
        larger.add(size);
        candidates.push({ line, size });
      } else if (size >= bodySize && line.font !== bodyFont && standsAlone(page, index)) {
        candidates.push({ line, size: bodySize });
      }
    });
  }
  // Where half the lines would be headings, none is one: a poster, a slide, a form.
  if (candidates.length > 8 && candidates.length > lines.length * 0.4) return levels;
  const sizes = [...larger].sort((a, b) => b - a).slice(0, maxLevels - 1);
  for (const { line, size } of candidates) {
    const rank = sizes.indexOf(size);
    levels.set(line, rank < 0 ? Math.min(sizes.length + 1, maxLevels) : rank + 1);
  }
  return levels;
};

const looksLikeHeading = ({ text, isRow }: PdfLine): boolean =>
  !isRow &&
  text.length >= 3 &&
  text.length <= maxHeadingLength &&
  /^[\p{Lu}\p{Lo}\p{N}§"“'‘¿¡(]/u.test(text) &&
  /\p{L}{2}/u.test(text) &&
  !/[.,;:!]$/u.test(text.replace(/\b(etc|vs|Inc|Ltd)\.$/u, ''));

/** A bold line at body size is a heading only if it is a paragraph by itself. */
const standsAlone = (page: readonly PdfLine[], index: number): boolean => {
  const line = page[index]!;
  const before = page[index - 1];
  const gapBefore = before ? line.baseline - before.baseline : Number.POSITIVE_INFINITY;
  const fills = line.right > line.regionLeft + (line.regionRight - line.regionLeft) * 0.9;
  return !fills && (gapBefore < 0 || gapBefore > 1.35 * line.size);
};

const mostUsed = <T>(lines: readonly PdfLine[], keyOf: (line: PdfLine) => T): T | undefined => {
  const weights = new Map<T, number>();
  for (const line of lines) {
    const key = keyOf(line);
    weights.set(key, (weights.get(key) ?? 0) + line.text.length);
  }
  let best: T | undefined;
  for (const [key, weight] of weights) if (best === undefined || weight > weights.get(best)!) best = key;
  return best;
};
