/** The passages of a document as rows of a vector set, without their vectors. The one way a document becomes searchable. */

import type { ExtractedDocument } from '../../library/extraction/extracted-document.ts';
import { chunkDocument } from '../../library/passages/chunk-document.ts';
import { passageText } from '../../library/passages/passage-text.ts';
import type { ChunkRow } from '../../store/chunk-row.ts';
import { detectLanguage } from '../../words/detect-language.ts';
import type { LibrarySession } from '../library-session.ts';

export type PassageRow = Omit<ChunkRow, 'vector'>;

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
    modifiedAt: source.modifiedAt,
    contentHash: source.contentHash,
  }));
}

/** Too short to tell a language of its own from a name or a quotation in another. */
const minOwnLanguage = 300;

const languageOf = (text: string, ofDocument: string | null): string | null =>
  text.length < minOwnLanguage ? ofDocument : (detectLanguage(text) ?? ofDocument);

/** Embeds the rows of several documents in one go and commits them to the active set together. */
export async function commitRows(
  session: LibrarySession,
  documents: readonly { documentId: string; rows: readonly PassageRow[] }[],
  signal: AbortSignal,
): Promise<void> {
  const vectors = await session.vectors.encodePassages(
    documents.flatMap(({ rows }) => rows.map(passageText)),
    signal,
  );
  let next = 0;
  await session.vectors.active.replaceDocuments(
    documents.map(({ documentId, rows }) => ({
      documentId,
      rows: rows.map((row) => ({ ...row, vector: vectors?.[next++] ?? null })),
    })),
  );
}
