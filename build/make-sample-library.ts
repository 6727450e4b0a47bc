/**
 * Makes the PDF and Word files of the sample library from their Markdown sources in build/sample-library. The files are
 * committed; run this after changing a source. The same sources always give the same bytes.
 */
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { wordDocument } from './sample-library/write-docx.ts';
import { type PdfStyle, writePdf } from './sample-library/write-pdf.ts';

const sources = join(import.meta.dirname, 'sample-library');
const library = join(import.meta.dirname, '..', 'resources', 'sample-library');

const pdfs: { source: string; target: string; style: PdfStyle }[] = [
  {
    source: 'rental-agreement.md',
    target: 'contracts/rental-agreement.pdf',
    style: {
      columns: 1,
      body: 'Times-Roman',
      bold: 'Times-Bold',
      size: 12.5,
      runningHead: 'Rental agreement, 14 Ropewalk Lane',
    },
  },
  {
    source: 'home-insurance.md',
    target: 'contracts/contents-insurance.pdf',
    style: {
      columns: 1,
      body: 'Helvetica',
      bold: 'Helvetica-Bold',
      size: 12,
      runningHead: 'Harbour Mutual, policy HM-2207-5518',
    },
  },
  {
    source: 'kiln-manual.md',
    target: 'manuals/ember-60-kiln.pdf',
    style: { columns: 2, body: 'Helvetica', bold: 'Helvetica-Bold', size: 11, runningHead: 'Ember 60' },
  },
];

const wordFiles = [
  { source: 'studio-meeting.md', target: 'meetings/2026-03-12-studio-meeting.docx' },
  { source: 'house-meeting.md', target: 'meetings/2026-06-04-neighbours.docx' },
];

for (const { source, target, style } of pdfs) {
  const path = join(library, target);
  mkdirSync(dirname(path), { recursive: true });
  const file = createWriteStream(path);
  writePdf(readFileSync(join(sources, source), 'utf8'), style, file);
  await finished(file);
}
for (const { source, target } of wordFiles) {
  const path = join(library, target);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wordDocument(readFileSync(join(sources, source), 'utf8')));
}
