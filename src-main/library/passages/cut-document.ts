/**
 * Cuts a document into passages and makes of each what it is searched by: the language, and the terms of its words. This is most of the
 * work that words take, and is done in the thread that read the file.
 */
import { indexedTerms } from '../../words/analyse-text.ts';
import { detectLanguage } from '../../words/language/detect-language.ts';
import { passageWords } from '../../words/passage-words.ts';
import type { ExtractedDocument } from '../extraction/extracted-document.ts';
import type { Chunk } from './chunk.ts';
import { chunksOf, type Sentences, sentencesOf } from './chunk-document.ts';

export type Passage = Chunk & {
  /** ISO 639-1; null where it could not be told. */
  language: string | null;
  /** As `indexedTerms` makes them. */
  terms: string;
};

/** Too short to tell a language of its own from a name or a quotation in another. */
const minOwnLanguage = 300;

/** `counts` has the tokens of each of the sentences, which are those of the document. */
export function cutDocument(
  document: ExtractedDocument,
  sentences: Sentences,
  counts: readonly number[],
): Passage[] {
  const ofDocument = detectLanguage(document.text);
  return chunksOf(document, sentences, counts).map((chunk) => {
    const isLong = chunk.text.length >= minOwnLanguage;
    const language = isLong ? (detectLanguage(chunk.text) ?? ofDocument) : ofDocument;
    return { ...chunk, language, terms: indexedTerms(passageWords(chunk).words, language) };
  });
}

/** The same in one step, where tokens can be counted at once. */
export function passagesOf(
  document: ExtractedDocument,
  countTokens: (texts: readonly string[]) => number[],
): Passage[] {
  const sentences = sentencesOf(document);
  return cutDocument(document, sentences, countTokens(sentences.texts));
}
