/** What a reader makes of a file: plain text with its pages and headings. All offsets are UTF-16 offsets into `text`. */
import type { DocumentFacts, DocumentKind, Heading, PageSpan } from '../../contract/libraries.ts';

export type ExtractedDocument = {
  kind: DocumentKind;
  title: string;
  text: string;
  /** In order, 1-based, covering `text`; empty for formats without pages. */
  pages: PageSpan[];
  /** In order of `start`; `level` 1 is the highest. */
  headings: Heading[];
  /** Left out where the document says nothing about itself. */
  facts?: DocumentFacts;
  /** Words by which every passage is found and which no passage shows, such as the name of a program's language. */
  keywords?: string[];
  /** Numbers of the pages, from 1, that text recognition is to read: they hold no text, or none that can be read. Absent where there are none. */
  waitingPages?: number[];
  /** Numbers of the pages whose text was recognised; absent where there are none. */
  recognisedPages?: number[];
};

/** A document inside another one, such as the file sent with a message. */
export type Attachment = { name: string; bytes: Uint8Array };

/** Every file ends in one of these; none is an exception. */
export type ExtractionOutcome<Content = ExtractedDocument> =
  | { state: 'indexed'; document: Content; attachments?: Attachment[] }
  /** All that it says is in pictures; the document's text is empty until they are read. */
  | { state: 'scan'; reason: string; document: Content }
  | { state: 'empty'; reason: string }
  | { state: 'encrypted'; reason: string }
  | { state: 'unsupported'; reason: string }
  | { state: 'too-large'; reason: string }
  | { state: 'failed'; reason: string };
