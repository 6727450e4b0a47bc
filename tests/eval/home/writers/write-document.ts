/** Chooses the writer by the ending of the file's name. */
import { wordDocument } from '../../../../build/sample-library/write-docx.ts';
import { writePdf } from '../../../../build/sample-library/write-pdf.ts';
import { type HomeDocument, textOf } from '../home-document.ts';
import { markdownOf } from './blocks.ts';
import { collectPdf } from './collect-pdf.ts';
import { type WriteAttachment, writeMail, writeMailbox } from './mail/write-mail.ts';
import { writeOutlook } from './mail/write-outlook.ts';
import { writeEpub } from './write-epub.ts';
import { writeHtml } from './write-html.ts';
import {
  writeOpenDocumentSheet,
  writeOpenDocumentSlides,
  writeOpenDocumentText,
} from './write-opendocument.ts';
import { writeLatex, writeMarkdown, writeOrg, writeText } from './write-plain.ts';
import { writeRtf } from './write-rtf.ts';
import { writeScanPdf, writeScanPng } from './write-scan.ts';
import { writeSheet } from './write-sheet.ts';
import { writeSlides } from './write-slides.ts';

type Writer = (document: HomeDocument) => Promise<Uint8Array> | Uint8Array | Promise<string> | string;

const writers: Record<string, Writer> = {
  pdf: (document) => (document.scanned ? writeScanPdf(document) : writeTextPdf(document)),
  png: writeScanPng,
  docx: (document) => wordDocument(markdownOf({ ...document, title: document.title || 'Document' })),
  odt: writeOpenDocumentText,
  ods: writeOpenDocumentSheet,
  odp: writeOpenDocumentSlides,
  pptx: writeSlides,
  xlsx: writeSheet,
  epub: writeEpub,
  html: writeHtml,
  md: writeMarkdown,
  org: writeOrg,
  tex: writeLatex,
  txt: writeText,
  rtf: writeRtf,
  eml: ({ mails = [] }) => writeMail(mails[0]!, writeAttachment),
  msg: ({ mails = [] }) => writeOutlook(mails[0]!, writeAttachment),
  mbox: ({ mails = [] }) => writeMailbox(mails, writeAttachment),
};

/** Throws where no writer knows the ending. */
export async function writeDocument(document: HomeDocument): Promise<Uint8Array> {
  if (document.raw) return Buffer.from(document.raw.map(textOf).join('\n').concat('\n'));
  const writer = writers[document.file.split('.').at(-1)!];
  if (!writer) throw new Error(`${document.file}: there is no writer for this ending.`);
  const written = await writer(document);
  return typeof written === 'string' ? Buffer.from(written) : written;
}

const writeAttachment: WriteAttachment = ({ file, title, body }) =>
  file.endsWith('.csv')
    ? writeDocument({ file, date: '2024-01-01', raw: body })
    : writeDocument({ file, date: '2024-01-01', title, body });

async function writeTextPdf(document: HomeDocument): Promise<Uint8Array> {
  const serif = document.file.length % 2 === 0;
  const style = {
    columns: document.columns ?? 1,
    body: serif ? 'Times-Roman' : 'Helvetica',
    bold: serif ? 'Times-Bold' : 'Helvetica-Bold',
    size: document.columns === 2 ? 10 : 11,
    runningHead: document.title ?? '',
  } as const;
  return await collectPdf((output) =>
    writePdf(markdownOf({ ...document, title: document.title || 'Document' }), style, output),
  );
}
