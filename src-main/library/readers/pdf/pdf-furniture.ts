/** Finds running heads, running feet and page numbers, which would otherwise cut sentences that go on overleaf. */
import type { PdfLine } from './pdf-run.ts';

const edgeLines = 2;

/**
 * Lines to leave out. A running head that says what is said nowhere else is kept where it first occurs, so that its words
 * can be found; bare page numbers are not. A page made of nothing else keeps its lines.
 */
export const findFurniture = (pages: readonly (readonly PdfLine[])[]): Set<PdfLine> => {
  const byPattern = new Map<string, PdfLine[]>();
  const furniture = new Set<PdfLine>();
  for (const lines of pages) {
    const byHeight = lines.toSorted((a, b) => a.baseline - b.baseline);
    for (const line of titlesRepeatedAbove(byHeight)) furniture.add(line);
    const edges = new Set([...byHeight.slice(0, edgeLines), ...byHeight.slice(-edgeLines)]);
    for (const line of edges) {
      const pattern = line.text.replace(/\d+/g, '#').replace(/\s+/g, ' ').trim();
      if (pattern.length > 120) continue;
      const found = byPattern.get(pattern);
      if (found) found.push(line);
      else byPattern.set(pattern, [line]);
    }
  }
  const runningHeads: PdfLine[][] = [];
  const enough = Math.max(3, Math.ceil(pages.length * 0.4));
  for (const [pattern, lines] of byPattern) {
    if (isPageOfPages(pattern)) {
      for (const line of lines) furniture.add(line);
    } else if (isPageNumber(pattern)) {
      if (lines.length >= Math.min(enough, Math.max(2, pages.length - 1)))
        for (const line of lines) furniture.add(line);
    } else if ((lines.length >= enough && haveOneHeight(lines)) || isSmallOnBothPages(lines, pages)) {
      runningHeads.push(lines);
      for (const line of lines) furniture.add(line);
    }
  }
  const words = new Set(pages.flat().flatMap((line) => (furniture.has(line) ? [] : wordsOf(line))));
  for (const [first] of runningHeads) {
    if (first && wordsOf(first).some((word) => !words.has(word))) furniture.delete(first);
  }
  for (const lines of pages) {
    if (lines.every((line) => furniture.has(line))) for (const line of lines) furniture.delete(line);
  }
  return furniture;
};

const isPageNumber = (pattern: string): boolean =>
  /^[-–—[(|\s]*(?:page|seite|p\.|página|pagina)?\s*#(?:\s*(?:\/|of|von|de|di|\|)\s*#)?[-–—\])|\s]*$/iu.test(
    pattern,
  );

/** It says of itself what it is, so one page is enough. */
const isPageOfPages = (pattern: string): boolean =>
  /^(?:page|seite|página|pagina|bladzijde)\s*#\s*(?:\/|of|von|sur|de|di|van)\s*#$/iu.test(pattern);

/** Small lines at the top that say once more what a heading of the page says below. */
const titlesRepeatedAbove = (byHeight: readonly PdfLine[]): PdfLine[] =>
  byHeight
    .slice(0, edgeLines)
    .filter((line) =>
      byHeight.some(
        ({ text, size, baseline }) =>
          baseline > line.baseline && size > line.size * 1.15 && text.trim() === line.text.trim(),
      ),
    );

const haveOneHeight = (lines: readonly PdfLine[]): boolean => {
  const heights = new Set(lines.map((line) => Math.round(line.baseline / 6)));
  return heights.size <= Math.max(2, lines.length * 0.4);
};

/** Two pages prove little, so there the line has to look like a running head as well. */
const isSmallOnBothPages = (lines: readonly PdfLine[], pages: readonly (readonly PdfLine[])[]): boolean => {
  const [first, second] = lines;
  if (pages.length !== 2 || lines.length !== 2 || !first || !second) return false;
  const sizes = pages
    .flat()
    .map((line) => line.size)
    .sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return Math.abs(first.baseline - second.baseline) < 1 && first.size < median * 0.95;
};

const wordsOf = (line: PdfLine): string[] => line.text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
