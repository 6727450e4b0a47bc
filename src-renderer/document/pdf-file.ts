/**
 * Opens a PDF for the page: pdf.js with its worker and its data files from our own origin. No annotation layer, no forms,
 * no scripting is ever set up, so nothing a document brings along can run.
 */
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

export interface PageSize {
  /** CSS pixels at scale 1. */
  readonly width: number;
  readonly height: number;
  /** Size of the page's own unit, in points; 1 but for very large pages. */
  readonly userUnit: number;
}

/** `sizes[i]` belongs to page i + 1; very long documents take their later sizes from the first page until drawn. */
export interface PdfFile {
  readonly document: PDFDocumentProxy;
  readonly sizes: readonly PageSize[];
  close(): Promise<void>;
}

const MAX_PAGES_MEASURED = 300;

/** Throws what pdf.js throws for a damaged or encrypted file. */
export async function openPdf(bytes: Blob, signal: AbortSignal): Promise<PdfFile> {
  GlobalWorkerOptions.workerSrc = workerUrl;
  const beside = (path: string) => new URL(`pdfjs/${path}/`, window.document.baseURI).href;
  const task = getDocument({
    data: new Uint8Array(await bytes.arrayBuffer()),
    cMapUrl: beside('cmaps'),
    standardFontDataUrl: beside('standard_fonts'),
    wasmUrl: beside('wasm'),
    iccUrl: beside('iccs'),
    enableXfa: false,
  });
  const stop = () => void task.destroy();
  signal.addEventListener('abort', stop, { once: true });
  const document = await task.promise;
  const measured = Math.min(document.numPages, MAX_PAGES_MEASURED);
  const sizes = await Promise.all(
    Array.from({ length: measured }, async (_, index): Promise<PageSize> => {
      const { width, height, userUnit } = (await document.getPage(index + 1)).getViewport({ scale: 1 });
      return { width, height, userUnit };
    }),
  );
  const first = sizes[0]!;
  while (sizes.length < document.numPages) sizes.push(first);
  return {
    document,
    sizes,
    close: async () => {
      signal.removeEventListener('abort', stop);
      await task.destroy();
    },
  };
}
