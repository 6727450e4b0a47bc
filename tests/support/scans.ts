/** Pages that are pictures of their text, drawn for tests, and the data by which English is recognised on them. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { writeScanPdf, writeScanPng } from '../eval/home/writers/write-scan.ts';

/** A development dependency, as npm installs it. */
export const englishData = join(
  dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')),
  '4.0.0_best_int/eng.traineddata.gz',
);

const page = (lines: readonly string[]) => ({ file: 'scan.png', date: '2024-05-17', body: [...lines] });

export const scanPng = (...lines: string[]): Uint8Array => writeScanPng(page(lines));

export const scanPdf = async (...lines: string[]): Promise<Uint8Array> => await writeScanPdf(page(lines));

/** The same page as it comes out of a scanner that it was laid into sideways: turned clockwise by quarters. */
export const turnedScanPng = (quarters: 1 | 2 | 3, ...lines: string[]): Uint8Array =>
  drawnTurned(scanPng(...lines), quarters).asPng();

/** Pages as the strips of one TIFF, grey and not packed. */
export const scanTiff = (...pages: string[][]): Uint8Array => {
  const head = Buffer.from('II*\0\x08\0\0\0', 'latin1');
  const parts: Buffer[] = [head];
  let at = head.length;
  for (const [number, lines] of pages.entries()) {
    const { width, height, pixels } = drawnTurned(scanPng(...lines), 0);
    const grey = Buffer.from(pixels.filter((_, index) => index % 4 === 0));
    const entries: [tag: number, type: 3 | 4, value: number][] = [
      [256, 4, width],
      [257, 4, height],
      [258, 3, 8],
      [259, 3, 1],
      [262, 3, 1],
      [273, 4, at + 2 + 9 * 12 + 4],
      [277, 3, 1],
      [278, 4, height],
      [279, 4, grey.length],
    ];
    const directory = Buffer.alloc(2 + entries.length * 12 + 4);
    directory.writeUInt16LE(entries.length);
    for (const [index, [tag, type, value]] of entries.entries()) {
      const place = 2 + index * 12;
      directory.writeUInt16LE(tag, place);
      directory.writeUInt16LE(type, place + 2);
      directory.writeUInt32LE(1, place + 4);
      directory.writeUInt32LE(value, place + 8);
    }
    at += directory.length + grey.length;
    directory.writeUInt32LE(number === pages.length - 1 ? 0 : at, directory.length - 4);
    parts.push(directory, grey);
  }
  return Buffer.concat(parts);
};

const drawnTurned = (png: Uint8Array, quarters: 0 | 1 | 2 | 3) => {
  const { width, height } = sizeOf(png);
  const [outWidth, outHeight] = quarters % 2 === 1 ? [height, width] : [width, height];
  const data = Buffer.from(png).toString('base64');
  const turn = `translate(${outWidth / 2} ${outHeight / 2}) rotate(${90 * quarters}) translate(${-width / 2} ${-height / 2})`;
  return new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${outWidth}" height="${outHeight}"><g transform="${turn}"><image width="${width}" height="${height}" href="data:image/png;base64,${data}"/></g></svg>`,
  ).render();
};

const sizeOf = (png: Uint8Array) => ({
  width: Buffer.from(png).readUInt32BE(16),
  height: Buffer.from(png).readUInt32BE(20),
});
