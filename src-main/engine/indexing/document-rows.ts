/** Turns the passages of a document into rows of the store. */
import type { ExtractedDocument } from '../../library/extraction/extracted-document.ts';
import { documentDate } from '../../library/manifest/document-date.ts';
import type { Passage } from '../../library/passages/cut-document.ts';
import type { PassageRow } from '../../store/chunk-row.ts';

export type RowSource = { id: string; path: string; modifiedAt: number; contentHash: string };

export function documentRows(
  source: RowSource,
  { kind, facts }: Pick<ExtractedDocument, 'kind' | 'facts'>,
  passages: readonly Passage[],
): PassageRow[] {
  const modifiedAt = documentDate({ kind, modifiedAt: source.modifiedAt, ...(facts ? { facts } : {}) });
  return passages.map((passage) => ({
    ...passage,
    chunkId: `${source.id}:${passage.ordinal}`,
    documentId: source.id,
    path: source.path,
    kind,
    modifiedAt,
    contentHash: source.contentHash,
  }));
}
