/** Puts a test collection into a set by the path that files take after reading: chunks, vectors, rows. For tests and measurements. */
import type { Document } from '../../src-main/contract/libraries.ts';
import { chunkDocument } from '../../src-main/library/passages/chunk-document.ts';
import { passageText } from '../../src-main/library/passages/passage-text.ts';
import type { TextEncoder } from '../../src-main/llara/encode/text-encoder.ts';
import type { BeirCollection } from '../../src-main/search/evaluation/beir-collection.ts';
import { corpusToDocuments } from '../../src-main/search/evaluation/corpus-to-documents.ts';
import type { ChunkSet } from '../../src-main/store/chunk-set.ts';
import { detectLanguage } from '../../src-main/words/language/detect-language.ts';

const documentsPerCommit = 500;

/** Without an encoder: about as many characters as a token of English has. */
const countApproximately = (texts: readonly string[]): number[] =>
  texts.map((text) => Math.ceil(text.length / 4.2));

/** Returns the number of passages. The id in the collection is document id and path alike. */
export async function indexCollection(
  set: ChunkSet,
  collection: BeirCollection,
  encoder: TextEncoder | null,
): Promise<number> {
  const corpus = corpusToDocuments(collection);
  const countTokens = encoder ? (texts: readonly string[]) => encoder.countTokens(texts) : countApproximately;
  for (let first = 0; first < corpus.length; first += documentsPerCommit) {
    const batch = corpus.slice(first, first + documentsPerCommit).map(({ id, document }) => ({
      documentId: id,
      rows: chunkDocument(document, countTokens).map((chunk) => ({
        ...chunk,
        chunkId: `${id}:${chunk.ordinal}`,
        documentId: id,
        path: id,
        kind: document.kind,
        modifiedAt: 0,
        contentHash: id,
        language: detectLanguage(chunk.text),
        vector: null as Float32Array | null,
      })),
    }));
    const rows = batch.flatMap((document) => document.rows);
    const vectors = (await encoder?.encode(rows.map(passageText), 'passage')) ?? [];
    for (const [index, row] of rows.entries()) row.vector = vectors[index] ?? null;
    await set.replaceDocuments(batch);
  }
  await set.maintain({ force: true });
  return await set.countRows();
}

/** What the library would know of the collection's documents. */
export const collectionDocument = (id: string): Document => ({
  id,
  folderId: 'collection',
  path: id,
  relativePath: id,
  title: id,
  kind: 'text',
  sizeBytes: 0,
  modifiedAt: 0,
  state: 'indexed',
  reason: null,
  pageCount: null,
  chunkCount: 1,
});
