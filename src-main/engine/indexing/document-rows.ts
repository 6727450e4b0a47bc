/** Turns the passages of a document into rows of the store. */

import type { ExtractedDocument } from '../../library/extraction/extracted-document.ts';
import { chunkDocument } from '../../library/passages/chunk-document.ts';
import type { PassageRow } from '../../store/chunk-row.ts';
import { detectLanguage } from '../../words/detect-language.ts';
import { documentDate } from './document-date.ts';

export type RowSource = { id: string; path: string; modifiedAt: number; contentHash: string };

export function documentRows(
  source: RowSource,
  extracted: ExtractedDocument,
  countTokens: (texts: readonly string[]) => number[],
): PassageRow[] {
  const language = detectLanguage(extracted.text);
  return chunkDocument(extracted, countTokens).map((chunk) => ({
    ...chunk,
    language: languageOf(chunk.text, language),
    chunkId: `${source.id}:${chunk.ordinal}`,
    documentId: source.id,
    path: source.path,
    kind: extracted.kind,
    modifiedAt: documentDate({
      kind: extracted.kind,
      modifiedAt: source.modifiedAt,
      ...(extracted.facts ? { facts: extracted.facts } : {}),
    }),
    contentHash: source.contentHash,
  }));
}

/** Too short to tell a language of its own from a name or a quotation in another. */
const minOwnLanguage = 300;

const languageOf = (text: string, ofDocument: string | null): string | null =>
  text.length < minOwnLanguage ? ofDocument : (detectLanguage(text) ?? ofDocument);
