/**
 * Reads the text of a PDF in reading order, page by page. It renders nothing, runs no script of the document and does no
 * text recognition itself: pages without text, or with text that cannot be read, are named for it.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDocument, PasswordException, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, TextItem } from 'pdfjs-dist/types/src/display/api.d.ts';
import { chooseTitle } from '../../extraction/choose-title.ts';
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { tidyFacts } from '../../extraction/document-facts.ts';
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
    const { pages, annotations, pageErrors, waitingPages, isGarbled } = await readPages(document);
    const builder = new DocumentBuilder();
    addPdfPages(builder, pages, annotations, await readOutline(document));
    if (!builder.hasText && pageErrors.length === pages.length && pageErrors.length > 0) {
      return { state: 'failed', reason: `None of its pages can be read: ${pageErrors[0]}` };
    }
    const facts = await pdfFacts(document);
    if (!builder.hasText && waitingPages.length > 0) {
      const stated = tidyFacts(facts);
      return {
        state: 'scan',
        reason: scanReason(pages.length, isGarbled),
        document: {
          kind: 'pdf',
          title: chooseTitle(stated?.title, undefined, fileName),
          text: '',
          pages: pages.map((_, index) => ({ page: index + 1, start: 0, end: 0 })),
          headings: [],
          ...(stated ? { facts: stated } : {}),
          waitingPages,
        },
      };
    }
    const outcome = builder.finish({
      kind: 'pdf',
      facts,
      fileName,
      emptyReason: 'It has no pages that hold anything.',
    });
    return outcome.state === 'indexed' && waitingPages.length > 0
      ? { ...outcome, document: { ...outcome.document, waitingPages } }
      : outcome;
  } catch (error) {
    if (error instanceof PasswordException) {
      return { state: 'encrypted', reason: 'The document is protected by a password.' };
    }
    throw error;
  } finally {
    await task.destroy();
  }
};

const scanReason = (pageCount: number, isGarbled: boolean): string => {
  const whose = pageCount === 1 ? 'its page' : `its ${pageCount} pages`;
  if (isGarbled) {
    return `The text of ${whose} cannot be read: its fonts do not say which characters they draw. Text recognition has not read it yet.`;
  }
  return `${pageCount === 1 ? 'Its page is a picture' : `Its ${pageCount} pages are pictures`}, which text recognition has not read yet.`;
};

type Pages = {
  pages: PdfLine[][];
  annotations: string[][];
  pageErrors: string[];
  /** Numbers, from 1, of pages without text that can be read. */
  waitingPages: number[];
  /** Some page has text that cannot be read. */
  isGarbled: boolean;
};

const readPages = async (document: PDFDocumentProxy): Promise<Pages> => {
  const pages: PdfLine[][] = [];
  const annotations: string[][] = [];
  const pageErrors: string[] = [];
  const waitingPages: number[] = [];
  let isGarbled = false;
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
      isGarbled ||= readable.isUnreadable;
      if (readable.isUnreadable || !lines.some(({ text }) => /[\p{L}\p{N}]/u.test(text)))
        waitingPages.push(number);
      annotations.push(written);
    } catch (error) {
      // One broken page must not lose the others; only a document without any readable page fails.
      pageErrors.push(error instanceof Error ? error.message : String(error));
      pages.push([]);
      annotations.push([]);
    }
  }
  return { pages, annotations, pageErrors, waitingPages, isGarbled };
};

/** Character maps and two symbol fonts lie in pdf.js's own package; they are read from disk, never fetched. */
const pdfResources = () => {
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const inPackage = (name: string) => `${join(folder, name)}/`;
  return {
    cMapUrl: inPackage('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: inPackage('standard_fonts'),
    wasmUrl: inPackage('wasm'),
    iccUrl: inPackage('iccs'),
    // Takes the characters of a font that the file leaves out from what is known of its name, and reads no font for their shapes.
    useSystemFonts: true,
    disableFontFace: true,
    isOffscreenCanvasSupported: false,
  };
};
