/** Gathers the lines of a light markup language into paragraphs: a line ends a paragraph when it is empty, and text flows until then. */
import type { DocumentBuilder } from '../../extraction/document-builder.ts';

export const addHeading = (builder: DocumentBuilder, level: number, title: string): void => {
  builder.startHeading(Math.min(6, Math.max(1, level)));
  builder.addText(title);
  builder.endHeading();
};

/** Lists and tables keep their lines; other text runs on, as it does on the page. */
export const addFlowingLine = (builder: DocumentBuilder, line: string): void => {
  if (line.trim() === '') {
    builder.breakParagraph();
    return;
  }
  if (/^\s*(?:[-*+•|]|\(?\d{1,3}[.)]|[a-z][.)])\s/i.test(line)) builder.breakLine();
  builder.addText(`${line} `);
};

export const addCodeLines = (builder: DocumentBuilder, lines: readonly string[]): void => {
  builder.breakParagraph();
  builder.addVerbatim(lines.join('\n'));
  builder.breakParagraph();
};
