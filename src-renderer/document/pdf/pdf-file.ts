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

/** `sizes[i]` belongs to page i + 1. Pages that were not measured yet are taken to be like the first one. */
export interface PdfFile {
  readonly document: PDFDocumentProxy;
  readonly sizes: readonly PageSize[];
  /** Measures the rest, a batch at a time, and hands over all sizes after each that differed from what was taken. */
  measure(onSizes: (sizes: readonly PageSize[]) => void): Promise<void>;
  close(): Promise<void>;
}

/** As many as are measured before a person notices. */
const BATCH_PAGES = 24;

/** `wantedPage` (1-based) is measured at once. Throws what pdf.js throws for a damaged or encrypted file. */
export async function openPdf(bytes: Blob, wantedPage: number, signal: AbortSignal): Promise<PdfFile> {
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
  const sizeOf = async (page: number): Promise<PageSize> => {
    const { width, height, userUnit } = (await document.getPage(page)).getViewport({ scale: 1 });
    return { width, height, userUnit };
  };
  const count = document.numPages;
  const wanted = Math.min(count, Math.max(1, wantedPage));
  const [first, other] = await Promise.all([sizeOf(1), sizeOf(wanted)]);
  const sizes = Array.from({ length: count }, () => first);
  sizes[wanted - 1] = other;
  const measure = async (onSizes: (sizes: readonly PageSize[]) => void): Promise<void> => {
    for (let from = 1; from <= count && !signal.aborted; from += BATCH_PAGES) {
      const length = Math.min(BATCH_PAGES, count - from + 1);
      const batch = await Promise.all(Array.from({ length }, (_, index) => sizeOf(from + index)));
      const differs = batch.some((size, index) => {
        const known = sizes[from - 1 + index]!;
        return size.width !== known.width || size.height !== known.height;
      });
      for (const [index, size] of batch.entries()) sizes[from - 1 + index] = size;
      if (differs && !signal.aborted) onSizes([...sizes]);
    }
  };
  return {
    document,
    sizes: [...sizes],
    measure,
    close: async () => {
      signal.removeEventListener('abort', stop);
      await task.destroy();
    },
  };
}
