/** Writes the lines of a PDF's pages as running text: words made whole, paragraphs joined, headings marked, running heads left out, annotations last. */
import type { DocumentBuilder } from '../../extraction/document-builder.ts';
import { findFurniture } from './pdf-furniture.ts';
import { findHeadings, type OutlineEntry } from './pdf-headings.ts';
import {
  breakBetween,
  goesOnOverleaf,
  type Hyphenation,
  joinAcrossBreak,
  learnHyphenation,
  linePitch,
} from './pdf-paragraphs.ts';
import type { PdfLine } from './pdf-run.ts';

export const addPdfPages = (
  builder: DocumentBuilder,
  pages: readonly (readonly PdfLine[])[],
  annotations: readonly (readonly string[])[],
  outline: readonly OutlineEntry[],
): void => {
  const furniture = findFurniture(pages);
  const kept = pages.map((lines) => lines.filter((line) => !furniture.has(line)));
  const levels = findHeadings(kept, outline);
  const pitch = linePitch(kept);
  const hyphenation = learnHyphenation(kept);
  let glue: '' | ' ' | null = null;
  kept.forEach((lines, index) => {
    builder.startPage(index + 1, glue);
    const last = lines.at(-1);
    const next = kept[index + 1]?.[0];
    const isWhole =
      (annotations[index] ?? []).length > 0 || !last || !next || levels.has(last) || levels.has(next);
    const overleaf =
      isWhole || !goesOnOverleaf(last, next) ? null : joinAcrossBreak(last.text, next.text, hyphenation);
    glue = overleaf?.glue ?? null;
    addLines(builder, lines, levels, pitch, hyphenation, overleaf?.text);
    for (const text of annotations[index] ?? []) {
      builder.breakParagraph();
      builder.addText(text);
    }
  });
};

const addLines = (
  builder: DocumentBuilder,
  lines: readonly PdfLine[],
  levels: ReadonlyMap<PdfLine, number>,
  pitch: number,
  hyphenation: Hyphenation,
  /** What is left of the last line where its last word goes on overleaf. */
  lastText: string | undefined,
): void => {
  lines.forEach((line, index) => {
    const level = levels.get(line);
    const previous = lines[index - 1];
    const next = lines[index + 1];
    if (level !== undefined && !(previous && isOneHeading(previous, line, levels)))
      builder.startHeading(level);
    if (next === undefined) {
      builder.addText(lastText ?? line.text);
      if (level !== undefined) builder.endHeading();
      return;
    }
    if (level !== undefined || levels.has(next)) {
      builder.addText(line.text);
      if (level !== undefined && isOneHeading(line, next, levels)) builder.addText(' ');
      else if (level !== undefined) builder.endHeading();
      else builder.breakParagraph();
      return;
    }
    const lineBreak = breakBetween(line, next, pitch);
    if (lineBreak === 'flow') {
      const { text, glue } = joinAcrossBreak(line.text, next.text, hyphenation);
      builder.addText(text + glue);
      return;
    }
    builder.addText(line.text);
    if (lineBreak === 'line') builder.breakLine();
    else builder.breakParagraph();
  });
};

/** A heading too long for one line goes on in the next, in the same type and close by. */
const isOneHeading = (line: PdfLine, next: PdfLine, levels: ReadonlyMap<PdfLine, number>): boolean =>
  levels.get(line) === levels.get(next) &&
  line.font === next.font &&
  Math.abs(line.size - next.size) < 0.3 &&
  line.region === next.region &&
  next.baseline - line.baseline > 0 &&
  next.baseline - line.baseline < 1.5 * line.size;
