/** A library's passages, document by document, as adaptation reads them: with their vectors where an adapter has not altered those. */
import type { AdaptationChunk, AdaptationDocument } from '../../adaptation/adaptation-document.ts';
import type { LibrarySession } from '../library-session.ts';

/** In a fixed order, so that a resumed run sees what the interrupted one saw. */
export async function libraryDocuments(session: LibrarySession): Promise<AdaptationDocument[]> {
  const byDocument = new Map<string, (AdaptationChunk & { ordinal: number })[]>();
  const withVectors = session.vectors.hasBareVectors;
  await session.vectors.read(async (set) => {
    for await (const rows of set.readRows({ withVectors })) {
      for (const { documentId, ordinal, headingPath, text, vector } of rows) {
        const chunks = byDocument.get(documentId) ?? [];
        chunks.push({ ordinal, headingPath, text, vector });
        byDocument.set(documentId, chunks);
      }
    }
  });
  const titles = new Map(
    session.documents.getMany([...byDocument.keys()]).map(({ id, title }) => [id, title]),
  );
  return [...byDocument]
    .map(([documentId, chunks]) => ({
      documentId,
      title: titles.get(documentId) ?? '',
      chunks: chunks
        .sort((a, b) => a.ordinal - b.ordinal)
        .map(({ headingPath, text, vector }) => ({ headingPath, text, vector })),
    }))
    .sort((a, b) => (a.documentId < b.documentId ? -1 : 1));
}
