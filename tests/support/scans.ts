/** Pages that are pictures of their text, drawn for tests, and the data by which English is recognised on them. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { writeScanPdf, writeScanPng } from '../eval/home/writers/write-scan.ts';

/** A development dependency, as npm installs it. */
export const englishData = join(
  dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')),
  '4.0.0_best_int/eng.traineddata.gz',
);

const page = (lines: readonly string[]) => ({ file: 'scan.png', date: '2024-05-17', body: [...lines] });

export const scanPng = (...lines: string[]): Uint8Array => writeScanPng(page(lines));

export const scanPdf = async (...lines: string[]): Promise<Uint8Array> => await writeScanPdf(page(lines));
