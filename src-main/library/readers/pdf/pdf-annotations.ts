/** Reads what people wrote onto a PDF's page: values of form fields, free text, notes. Links, stamps and drawings say nothing. */
import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.d.ts';

type Annotation = {
  subtype?: string;
  hidden?: boolean;
  fieldType?: string;
  fieldValue?: unknown;
  password?: boolean;
  contentsObj?: { str?: string };
};

const written = new Set(['FreeText', 'Text', 'Highlight', 'Underline', 'Squiggly', 'StrikeOut', 'Caret']);

/** One text for each annotation that has any, in the page's order. */
export const readAnnotations = async (page: PDFPageProxy): Promise<string[]> => {
  try {
    const annotations = (await page.getAnnotations()) as Annotation[];
    return annotations.filter((annotation) => !annotation.hidden).flatMap(textsOf);
  } catch {
    // A page is worth having without its annotations.
    return [];
  }
};

const textsOf = ({ subtype, fieldType, fieldValue, password, contentsObj }: Annotation): string[] => {
  if (subtype === 'Widget') {
    const values = Array.isArray(fieldValue) ? fieldValue : [fieldValue];
    const isText = (fieldType === 'Tx' && !password) || fieldType === 'Ch';
    return isText ? values.filter((value) => typeof value === 'string').filter(hasWords) : [];
  }
  const text = contentsObj?.str ?? '';
  return written.has(subtype ?? '') && hasWords(text) ? [text] : [];
};

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
