/** Reads the bytes of one file with the reader of its kind. Whatever a reader throws becomes `failed` with its message. */
import type { DocumentKind } from '../../contract/libraries.ts';
import { readDocx } from '../readers/docx-reader.ts';
import { readEmail } from '../readers/email-reader.ts';
import { readEpub } from '../readers/epub-reader.ts';
import { readHtml } from '../readers/html-reader.ts';
import { readMarkdown } from '../readers/markdown-reader.ts';
import { readOpenDocument } from '../readers/opendocument-reader.ts';
import { readPdf } from '../readers/pdf/pdf-reader.ts';
import type { Reader } from '../readers/reader.ts';
import { readSlides } from '../readers/slides-reader.ts';
import { readText } from '../readers/text-reader.ts';
import { documentKind } from './document-kind.ts';
import type { ExtractionOutcome } from './extracted-document.ts';

const readers: Record<DocumentKind, Reader> = {
  pdf: readPdf,
  markdown: readMarkdown,
  text: readText,
  html: readHtml,
  docx: readDocx,
  odt: readOpenDocument,
  pptx: readSlides,
  epub: readEpub,
  email: readEmail,
};

/** The same bytes and name always give the same outcome. `bytes` may be taken over by the reader; do not use them afterwards. */
export const extractDocument = async (fileName: string, bytes: Uint8Array): Promise<ExtractionOutcome> => {
  if (bytes.length === 0) return { state: 'empty', reason: 'The file is empty.' };
  const decision = documentKind(fileName, bytes.subarray(0, 8192));
  if (decision.kind === null) return { state: 'unsupported', reason: decision.reason };
  try {
    return await readers[decision.kind]({ bytes, fileName });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { state: 'failed', reason: `The file cannot be read; it may be damaged. (${message})` };
  }
};
