/**
 * Reads the text of a PDF in reading order, page by page. It renders nothing, runs no script of the document and does no
 * text recognition: a scan without a text layer ends as `empty`.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, PasswordException, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import type { Reader } from '../reader.ts';
import { addPdfPages } from './add-pdf-pages.ts';
import { readAnnotations } from './annotations/read-annotations.ts';
import { readableItems } from './garbled/readable-items.ts';
import { pageLines } from './layout/page-lines.ts';
import { pdfFacts } from './pdf-facts.ts';
import { readOutline } from './pdf-outline.ts';
import type { PdfLine } from './pdf-run.ts';

export const readPdf: Reader = async ({ bytes, fileName }) => {
  const task = getDocument({ data: bytes, ...pdfResources(), verbosity: VerbosityLevel.ERRORS });
  try {
    const document = await task.promise;
    const { pages, annotations, pageErrors, unreadablePages } = await readPages(document);
    const builder = new DocumentBuilder();
    addPdfPages(builder, pages, annotations, await readOutline(document));
    if (!builder.hasText && pageErrors.length === pages.length && pageErrors.length > 0) {
      return { state: 'failed', reason: `None of its pages can be read: ${pageErrors[0]}` };
    }
    const outcome = builder.finish({
      kind: 'pdf',
      facts: await pdfFacts(document),
      fileName,
      emptyReason: emptyReason(pages.length, unreadablePages.length),
    });
    if (outcome.state === 'indexed' && unreadablePages.length > 0) {
      return { ...outcome, document: { ...outcome.document, unreadablePages } };
    }
    return outcome;
  } catch (error) {
    if (error instanceof PasswordException) {
      return { state: 'encrypted', reason: 'The document is protected by a password.' };
    }
    throw error;
  } finally {
    await task.destroy();
  }
};

const emptyReason = (pageCount: number, unreadableCount: number): string => {
  const whose = pageCount === 1 ? 'its page' : `its ${pageCount} pages`;
  if (unreadableCount > 0) {
    return `The text of ${whose} cannot be read: its fonts do not say which characters they draw. It needs text recognition before it can be searched.`;
  }
  return `${pageCount === 1 ? 'Its page holds' : `Its ${pageCount} pages hold`} no text; scanned images need text recognition before they can be searched.`;
};

type Pages = {
  pages: PdfLine[][];
  annotations: string[][];
  pageErrors: string[];
  /** Numbers of pages, from 1. */
  unreadablePages: number[];
};

const readPages = async (document: PDFDocumentProxy): Promise<Pages> => {
  const pages: PdfLine[][] = [];
  const annotations: string[][] = [];
  const pageErrors: string[] = [];
  const unreadablePages: number[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    try {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const texts = items.filter((item): item is TextItem => 'str' in item);
      const readable = readableItems(texts);
      const lines = pageLines(readable.items, page.getViewport({ scale: 1 }).transform);
      const written = await readAnnotations(page);
      page.cleanup();
      pages.push(lines);
      if (readable.isUnreadable) unreadablePages.push(number);
      annotations.push(written);
    } catch (error) {
      // One broken page must not lose the others; only a document without any readable page fails.
      pageErrors.push(error instanceof Error ? error.message : String(error));
      pages.push([]);
      annotations.push([]);
    }
  }
  return { pages, annotations, pageErrors, unreadablePages };
};

/** Character maps and metrics of standard fonts lie in pdf.js's own package; they are read from disk, never fetched. */
const pdfResources = () => {
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const inPackage = (name: string) => `${join(folder, name)}/`;
  return {
    cMapUrl: inPackage('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: inPackage('standard_fonts'),
    wasmUrl: inPackage('wasm'),
    iccUrl: inPackage('iccs'),
    useSystemFonts: false,
    disableFontFace: true,
    isOffscreenCanvasSupported: false,
  };
};
