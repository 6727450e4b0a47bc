/**
 * One small file of each kind of document: read by the test of all formats, damaged by the test of damaged files, and named in
 * docs/formats.md. A new format has its sample here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8 } from 'fflate';
import type { DocumentKind } from '../../src-main/contract/formats.ts';
import type { FormatSample } from './samples/format-sample.ts';
import { mailSamples } from './samples/mail-samples.ts';
import { markupSamples } from './samples/markup-samples.ts';
import { officeSamples } from './samples/office-samples.ts';
import { peopleSamples } from './samples/people-samples.ts';
import { sheetSamples } from './samples/sheet-samples.ts';
import { scanPng } from './scans.ts';
import { zipOf } from './zip-of.ts';

const repository = join(import.meta.dirname, '../..');

/** A document of the sample library that the product brings along. */
const shipped = (path: string) => ({
  fileName: path.slice(path.lastIndexOf('/') + 1),
  bytes: () => new Uint8Array(readFileSync(join(repository, 'resources/sample-library', path))),
});

const readersTest = 'tests/unit/library/readers.test.ts';
const booksTest = 'tests/unit/library/books-and-slides.test.ts';

export const formatSamples: Record<DocumentKind, FormatSample> = {
  pdf: {
    ...shipped('contracts/rental-agreement.pdf'),
    finds: ['notice'],
    test: 'tests/unit/library/pdf.test.ts',
  },
  picture: {
    fileName: 'receipt.png',
    bytes: () => scanPng('Ladder, aluminium, 3 m.'),
    finds: [],
    test: 'tests/process/recognition/recognition.test.ts',
  },
  markdown: { ...shipped('research/glaze-notebook.md'), finds: ['glaze'], test: readersTest },
  text: {
    fileName: 'note.txt',
    bytes: () => strToU8('The spare key hangs behind the boiler.\n'),
    finds: ['spare key'],
    title: 'note',
    test: readersTest,
  },
  html: { ...shipped('recipes/plum-cake.html'), finds: ['plums'], test: readersTest },
  docx: {
    ...shipped('meetings/2026-03-12-studio-meeting.docx'),
    finds: ['Samir reports'],
    test: readersTest,
  },
  odt: {
    fileName: 'minutes.odt',
    bytes: () =>
      zipOf({
        'content.xml':
          '<office:body><text:h text:outline-level="1">Budget</text:h><text:p>We agreed on a new roof.</text:p></office:body>',
      }),
    finds: ['a new roof'],
    headings: ['Budget'],
    test: booksTest,
  },
  pptx: {
    fileName: 'talk.pptx',
    bytes: () =>
      zipOf({
        'ppt/slides/slide1.xml':
          '<p:sld><p:sp><p:nvPr><p:ph type="title"/></p:nvPr><a:p><a:r><a:t>Costs</a:t></a:r></a:p></p:sp><p:sp><a:p><a:r><a:t>Nine hundred for the kiln</a:t></a:r></a:p></p:sp></p:sld>',
      }),
    finds: ['Nine hundred'],
    headings: ['Costs'],
    test: booksTest,
  },
  epub: {
    fileName: 'lighthouse.epub',
    bytes: () =>
      zipOf({
        'META-INF/container.xml': '<container><rootfile full-path="book.opf"/></container>',
        'book.opf':
          '<package><dc:title>The Lighthouse</dc:title><item id="one" href="one.xhtml"/><itemref idref="one"/></package>',
        'one.xhtml': '<html><body><h1>Arrival</h1><p>The boat was late.</p></body></html>',
      }),
    finds: ['The boat was late'],
    headings: ['Arrival'],
    title: 'The Lighthouse',
    test: booksTest,
  },
  email: { ...shipped('letters/school-trip.eml'), finds: ['From: '], test: readersTest },
  ...officeSamples,
  ...mailSamples,
  ...markupSamples,
  ...peopleSamples,
  ...sheetSamples,
};
