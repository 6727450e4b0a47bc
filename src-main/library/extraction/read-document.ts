/** What indexing needs of a document, made in the thread that read it, so that the thread that serves people only has to write it down. */
import { vocabularyWords } from '../manifest/vocabulary.ts';
import { sentencesOf } from '../passages/chunk-document.ts';
import { cutDocument, type Passage } from '../passages/cut-document.ts';
import type { ExtractedDocument } from './extracted-document.ts';
import { packDocument } from './extracted-texts.ts';
import { type TextSignature, textSignature } from './text-signature.ts';

export type ReadDocument = Pick<ExtractedDocument, 'kind' | 'title' | 'facts' | 'waitingPages'> & {
  /** Null where the format has no pages. */
  pageCount: number | null;
  passages: Passage[];
  /** For the vocabulary, none twice, in lines: one string goes from thread to thread in a fraction of the time that a list takes. */
  words: string;
  signature: TextSignature;
  /** All of the document, as `ExtractedTexts` keeps it. */
  packed: Uint8Array;
};

export type CountTokens = (texts: readonly string[]) => number[] | Promise<number[]>;

export async function readDocument(
  document: ExtractedDocument,
  countTokens: CountTokens,
): Promise<ReadDocument> {
  const { kind, title, facts, pages, text, waitingPages } = document;
  const sentences = sentencesOf(document);
  // Another thread counts, and may be busy with a search: what needs no counts is done meanwhile.
  const counting = countTokens(sentences.texts);
  const signature = textSignature(text);
  const packed = packDocument(document);
  const passages = cutDocument(document, sentences, await counting);
  return {
    kind,
    title,
    ...(facts ? { facts } : {}),
    ...(waitingPages ? { waitingPages } : {}),
    pageCount: pages.length > 0 ? pages.length : null,
    passages,
    words: [...vocabularyWords(passages.map((passage) => passage.text))].join('\n'),
    signature,
    packed,
  };
}
