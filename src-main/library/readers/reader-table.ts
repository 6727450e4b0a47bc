/**
 * Which reader reads which kind of document, what it takes out of it, and with whose help. docs/formats.md is made from this
 * table and that of the formats.
 */
import type { DocumentKind } from '../../contract/formats.ts';
import { readCode } from './code/code-reader.ts';
import { readDocx } from './docx-reader.ts';
import { readEmail } from './email-reader.ts';
import { readEpub } from './epub-reader.ts';
import { readHtml } from './html-reader.ts';
import { readCalendar } from './mail/calendar-reader.ts';
import { readContacts } from './mail/contacts-reader.ts';
import { readMailbox } from './mail/mailbox-reader.ts';
import { readAsciidoc } from './markup/asciidoc-reader.ts';
import { readLatex } from './markup/latex-reader.ts';
import { readOrg } from './markup/org-reader.ts';
import { readRst } from './markup/rst-reader.ts';
import { readSubtitles } from './markup/subtitles-reader.ts';
import { readXml } from './markup/xml-reader.ts';
import { readRtf } from './office/rtf-reader.ts';
import { openDocumentReader } from './opendocument-reader.ts';
import { readPicture } from './picture-reader.ts';
import type { Reader } from './reader.ts';
import { readSlides } from './slides-reader.ts';
import { readCsv } from './tables/csv-reader.ts';
import { readOds } from './tables/ods-reader.ts';
import { readXlsx } from './tables/xlsx-reader.ts';
import { readText } from './text-reader.ts';

type ReaderRow = {
  read: Reader;
  /** What becomes searchable, for docs/formats.md. */
  extracts: string;
  /** npm packages that do the reading; empty for the project's own code. */
  libraries: readonly string[];
};

/** What a reader brings along is loaded with the first file of its kind: with all of them, a thread takes more than twice as long to start. */
const withFirst =
  (load: () => Promise<Reader>): Reader =>
  async (input) =>
    (await load())(input);
const readPdf = withFirst(async () => (await import('./pdf/pdf-reader.ts')).readPdf);
const readMarkdown = withFirst(async () => (await import('./markdown-reader.ts')).readMarkdown);
const readOutlook = withFirst(async () => (await import('./mail/outlook-reader.ts')).readOutlook);
const readNotebook = withFirst(async () => (await import('./markup/notebook-reader.ts')).readNotebook);
const readData = withFirst(async () => (await import('./markup/data-reader.ts')).readData);

export const readerTable: Record<DocumentKind, ReaderRow> = {
  pdf: {
    read: readPdf,
    extracts:
      'text by page and column, headings by outline or size, notes in the margin; text of scanned pages by recognition',
    libraries: ['pdfjs-dist', '@hyzyla/pdfium', 'tesseract.js-core'],
  },
  picture: {
    read: readPicture,
    extracts: 'text by recognition',
    libraries: ['image-size', 'tesseract.js-core'],
  },
  markdown: {
    read: readMarkdown,
    extracts: 'the text as shown, headings, tables, code, front matter',
    libraries: ['marked'],
  },
  text: { read: readText, extracts: 'the text in its lines', libraries: [] },
  html: {
    read: readHtml,
    extracts: 'what a person would read of the page; no navigation, scripts or hidden parts',
    libraries: ['htmlparser2'],
  },
  docx: {
    read: readDocx,
    extracts: 'paragraphs, headings by style, lists, tables, notes',
    libraries: ['fflate', 'htmlparser2'],
  },
  odt: {
    read: openDocumentReader('odt'),
    extracts: 'paragraphs, headings, lists, tables, notes',
    libraries: ['fflate', 'htmlparser2'],
  },
  rtf: {
    read: readRtf,
    extracts: 'paragraphs, headings by style, tables, footnotes; no hidden or deleted text',
    libraries: [],
  },
  pptx: {
    read: readSlides,
    extracts: 'slides as pages, their titles, text, tables and speaker’s notes',
    libraries: ['fflate', 'htmlparser2'],
  },
  odp: {
    read: openDocumentReader('odp'),
    extracts: 'slides as pages, their titles, text, tables and speaker’s notes',
    libraries: ['fflate', 'htmlparser2'],
  },
  xlsx: {
    read: readXlsx,
    extracts: 'sheets; each row with the names of its columns; dates as dates, formulas by their result',
    libraries: ['fflate', 'htmlparser2'],
  },
  ods: {
    read: readOds,
    extracts: 'sheets; each row with the names of its columns',
    libraries: ['fflate', 'htmlparser2'],
  },
  csv: {
    read: readCsv,
    extracts: 'each row with the names of its columns; separator and quoting are found out',
    libraries: ['papaparse'],
  },
  epub: {
    read: readEpub,
    extracts: 'chapters in the order of reading',
    libraries: ['fflate', 'htmlparser2'],
  },
  email: {
    read: readEmail,
    extracts: 'subject, people, date, body; attachments as documents of their own',
    libraries: ['postal-mime'],
  },
  mailbox: {
    read: readMailbox,
    extracts: 'every message, and every attachment, as a document of its own',
    libraries: ['postal-mime'],
  },
  outlook: {
    read: readOutlook,
    extracts: 'subject, people, date, body; attachments as documents of their own',
    libraries: ['@kenjiuno/msgreader'],
  },
  calendar: {
    read: readCalendar,
    extracts: 'events, tasks and journal entries: when, where, with whom, description',
    libraries: [],
  },
  contacts: {
    read: readContacts,
    extracts: 'people with their addresses, numbers, dates and notes',
    libraries: [],
  },
  subtitles: { read: readSubtitles, extracts: 'what is said, with the time of every minute', libraries: [] },
  org: { read: readOrg, extracts: 'headings, text, tables, blocks of code, keywords', libraries: [] },
  rst: { read: readRst, extracts: 'headings, text, literal blocks, fields', libraries: [] },
  asciidoc: {
    read: readAsciidoc,
    extracts: 'headings, text, listings, attributes of the document',
    libraries: [],
  },
  latex: {
    read: readLatex,
    extracts: 'headings, text, formulas as written, title and authors',
    libraries: [],
  },
  notebook: {
    read: readNotebook,
    extracts: 'text, code and the beginning of what it printed',
    libraries: ['marked'],
  },
  data: {
    read: readData,
    extracts: 'values with their names, tables within tables as headings',
    libraries: ['yaml', 'smol-toml'],
  },
  xml: {
    read: readXml,
    extracts: 'text of elements with their names, values of attributes',
    libraries: ['htmlparser2'],
  },
  code: {
    read: readCode,
    extracts: 'code cut at functions and classes; its language, whole names and their parts are found',
    libraries: [],
  },
};
