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
import { readAnnotations } from './pdf-annotations.ts';
import { pdfFacts } from './pdf-facts.ts';
import { readOutline } from './pdf-outline.ts';
import { pageLines } from './pdf-page-lines.ts';
import type { PdfLine } from './pdf-run.ts';

export const readPdf: Reader = async ({ bytes, fileName }) => {
  const task = getDocument({ data: bytes, ...pdfResources(), verbosity: VerbosityLevel.ERRORS });
  try {
    const document = await task.promise;
    const { pages, annotations, pageErrors } = await readPages(document);
    const builder = new DocumentBuilder();
    addPdfPages(builder, pages, annotations, await readOutline(document));
    if (!builder.hasText && pageErrors.length === pages.length && pageErrors.length > 0) {
      return { state: 'failed', reason: `None of its pages can be read: ${pageErrors[0]}` };
    }
    return builder.finish({
      kind: 'pdf',
      facts: await pdfFacts(document),
      fileName,
      emptyReason: `${pages.length === 1 ? 'Its page holds' : `Its ${pages.length} pages hold`} no text; scanned images need text recognition before they can be searched.`,
    });
  } catch (error) {
    if (error instanceof PasswordException) {
      return { state: 'encrypted', reason: 'The document is protected by a password.' };
    }
    throw error;
  } finally {
    await task.destroy();
  }
};

type Pages = { pages: PdfLine[][]; annotations: string[][]; pageErrors: string[] };

const readPages = async (document: PDFDocumentProxy): Promise<Pages> => {
  const pages: PdfLine[][] = [];
  const annotations: string[][] = [];
  const pageErrors: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    try {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      const texts = items.filter((item): item is TextItem => 'str' in item);
      const lines = pageLines(texts, page.getViewport({ scale: 1 }).transform);
      const written = await readAnnotations(page);
      page.cleanup();
      pages.push(lines);
      annotations.push(written);
    } catch (error) {
      // One broken page must not lose the others; only a document without any readable page fails.
      pageErrors.push(error instanceof Error ? error.message : String(error));
      pages.push([]);
      annotations.push([]);
    }
  }
  return { pages, annotations, pageErrors };
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
