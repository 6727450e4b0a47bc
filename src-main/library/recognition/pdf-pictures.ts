/** Draws pages of a PDF as pictures, by PDFium compiled to WebAssembly. It runs nothing that a document brings along. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium';

/** Letters of nine points are some forty pixels high then, as Tesseract likes them. */
const scale = 300 / 72;
const maxPixels = 12_000_000;

export type PagePicture = { bytes: Uint8Array; width: number; height: number; isBlank: boolean };

export class PdfPictures {
  readonly #document: PDFiumDocument;
  readonly #library: PDFiumLibrary;

  private constructor(library: PDFiumLibrary, document: PDFiumDocument) {
    this.#library = library;
    this.#document = document;
  }

  static async open(bytes: Uint8Array): Promise<PdfPictures> {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'));
    const library = await PDFiumLibrary.init({ wasmBinary: new Uint8Array(wasm).buffer });
    return new PdfPictures(library, await library.loadDocument(bytes));
  }

  /** `number` is 1 for the first page. The picture is a grey one, in the format PGM. */
  async draw(number: number): Promise<PagePicture> {
    const page = this.#document.getPage(number - 1);
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const fit = Math.sqrt(maxPixels / Math.max(1, originalWidth * originalHeight));
    const drawn = await page.render({
      scale: Math.min(scale, fit),
      render: 'bitmap',
      colorSpace: 'Gray',
    });
    const { width, height, data } = drawn;
    const head = Buffer.from(`P5\n${width} ${height}\n255\n`);
    return { bytes: Buffer.concat([head, data]), width, height, isBlank: isUniform(data) };
  }

  close(): void {
    this.#document.destroy();
    this.#library.destroy();
  }
}

const isUniform = (pixels: Uint8Array): boolean => pixels.every((pixel) => pixel === pixels[0]);
