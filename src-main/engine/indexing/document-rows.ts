/** The passages of a document as rows of a vector set, without their vectors. The one way a document becomes searchable. */

import { viewerOf } from '../../contract/formats.ts';
import type { ExtractedDocument } from '../../library/extraction/extracted-document.ts';
import { chunkDocument } from '../../library/passages/chunk-document.ts';
import { passageText } from '../../library/passages/passage-text.ts';
import type { ChunkRow } from '../../store/chunk-row.ts';
import type { LibrarySession } from '../library-session.ts';

export type PassageRow = Omit<ChunkRow, 'vector'>;

export type RowSource = { id: string; path: string; modifiedAt: number; contentHash: string };

export function documentRows(
  source: RowSource,
  extracted: ExtractedDocument,
  countTokens: (texts: readonly string[]) => number[],
): PassageRow[] {
  return chunkDocument(extracted, countTokens).map((chunk) => ({
    ...chunk,
    chunkId: `${source.id}:${chunk.ordinal}`,
    documentId: source.id,
    path: source.path,
    kind: extracted.kind,
    // A message is as old as it says, whenever its file was saved.
    modifiedAt:
      (viewerOf(extracted.kind) === 'mail' ? extracted.facts?.date : undefined) ?? source.modifiedAt,
    contentHash: source.contentHash,
  }));
}

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
