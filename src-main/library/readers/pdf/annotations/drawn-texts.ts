/**
 * Reads the words that signatures, stamps and buttons show: they stand nowhere but in what is drawn. Only pages that have such
 * annotations are looked at in this way, for it takes longer than reading their text.
 */
import { AnnotationMode, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.d.ts';

type Glyph = { unicode?: string };

/** In thousandths of the font size: a piece of text that moves on further than this leaves a space. */
const spaceMove = -200;

/** Texts by the annotation's id. */
export const drawnTexts = async (page: PDFPageProxy): Promise<Map<string, string>> => {
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: AnnotationMode.ENABLE });
  const pieces = new Map<string, string[]>();
  let current: string[] | null = null;
  fnArray.forEach((operation, index) => {
    const [first] = (argsArray[index] ?? []) as unknown[];
    if (operation === OPS.beginAnnotation) {
      current = [];
      pieces.set(String(first), current);
    } else if (operation === OPS.endAnnotation) current = null;
    else if (operation === OPS.showText && current && Array.isArray(first)) current.push(textOf(first));
  });
  return new Map([...pieces].map(([id, texts]) => [id, texts.join(' ').replace(/\s+/g, ' ').trim()]));
};

const textOf = (glyphs: readonly (Glyph | number)[]): string =>
  glyphs
    .map((glyph) => (typeof glyph === 'number' ? (glyph < spaceMove ? ' ' : '') : (glyph.unicode ?? '')))
    .join('');
