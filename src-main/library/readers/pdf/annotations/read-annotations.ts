/**
 * Reads what people wrote onto a PDF's page: values of form fields, free text, notes, and what signatures, stamps and buttons show.
 * Links and drawings say nothing.
 */
import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import { drawnTexts } from './drawn-texts.ts';

type Annotation = {
  id: string;
  subtype?: string;
  hidden?: boolean;
  fieldType?: string;
  fieldValue?: unknown;
  password?: boolean;
  pushButton?: boolean;
  contentsObj?: { str?: string };
  /** What the annotation shows, line by line, where pdf.js has read it. */
  textContent?: string[];
};

const written = new Set([
  'FreeText',
  'Text',
  'Highlight',
  'Underline',
  'Squiggly',
  'StrikeOut',
  'Caret',
  'Stamp',
]);

/** One text for each annotation that has any, in the page's order. */
export const readAnnotations = async (page: PDFPageProxy): Promise<string[]> => {
  try {
    const annotations = ((await page.getAnnotations()) as Annotation[]).filter(({ hidden }) => !hidden);
    const drawn = annotations.some(isOnlyDrawn) ? await drawnTexts(page) : null;
    return annotations
      .flatMap((annotation) =>
        isOnlyDrawn(annotation) ? [drawn?.get(annotation.id) ?? ''] : textsOf(annotation),
      )
      .filter(hasWords);
  } catch {
    // A page is worth having without its annotations.
    return [];
  }
};

const isOnlyDrawn = ({ subtype, fieldType, pushButton, contentsObj }: Annotation): boolean =>
  subtype === 'Widget'
    ? fieldType === 'Sig' || (fieldType === 'Btn' && pushButton === true)
    : subtype === 'Stamp' && !hasWords(contentsObj?.str ?? '');

const textsOf = (annotation: Annotation): string[] => {
  const { subtype, fieldType, fieldValue, password, contentsObj, textContent } = annotation;
  const shown = (textContent ?? []).join('\n');
  if (subtype === 'Widget') {
    const isText = (fieldType === 'Tx' && !password) || fieldType === 'Ch';
    if (!isText) return [];
    const values = (Array.isArray(fieldValue) ? fieldValue : [fieldValue]).filter(
      (value) => typeof value === 'string',
    );
    return values.some(hasWords) ? values : [shown];
  }
  const contents = contentsObj?.str ?? '';
  return written.has(subtype ?? '') ? [hasWords(contents) ? contents : shown] : [];
};

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
