/** A document as the manifest has it, what becomes of a file, and how a row of the table is read. */
import { type Document, documentFactsSchema, documentStateSchema } from '../../contract/libraries.ts';
import { readTags } from './tags/own-tags.ts';

/** A document with what only indexing needs to know. */
export type ManifestDocument = Document & {
  contentHash: string | null;
  /** Which reader looked at the file, as of `readerStamp`; null where none did or an older version of the product did not note it. */
  reader: string | null;
  /** ISO 639-1 of the text; null where it could not be told. */
  language: string | null;
};

/** A file as the manifest knows it. */
export type KnownFile = { id: string; path: string; sizeBytes: number; modifiedAt: number };

export type FoundFile = {
  path: string;
  relativePath: string;
  sizeBytes: number;
  modifiedAt: number;
  /** A cloud service keeps the file elsewhere, under this name; size and time may be those of what stands for it. */
  isPlaceholder?: boolean;
};

export type DocumentResult = Pick<
  Document,
  'state' | 'reason' | 'title' | 'kind' | 'pageCount' | 'chunkCount' | 'facts' | 'waitingPages'
> &
  Pick<ManifestDocument, 'contentHash' | 'reader'> & {
    /** ISO 639-1 of the text; what is known of it stays where this is left out. */
    language?: string | null;
  };

/** A document inside a file, and how it ended. */
export type AttachmentResult = DocumentResult & {
  id: string;
  path: string;
  relativePath: string;
  sizeBytes: number;
  modifiedAt: number;
};

/** Every column of a document, with the path of the file that it is in. */
export const selected =
  'SELECT *, (SELECT path FROM documents AS parent WHERE parent.id = documents.parent_id) AS parent_path FROM documents';

export function fromRow(row: Record<string, unknown>): ManifestDocument {
  return {
    id: String(row.id),
    folderId: String(row.folder_id),
    path: String(row.path),
    relativePath: String(row.relative_path),
    title: String(row.title),
    kind: (row.kind as Document['kind']) ?? null,
    sizeBytes: Number(row.size_bytes),
    modifiedAt: Number(row.modified_at),
    state: documentStateSchema.parse(row.state),
    reason: row.reason === null ? null : String(row.reason),
    pageCount: row.page_count === null ? null : Number(row.page_count),
    chunkCount: Number(row.chunk_count),
    ...(row.waiting_pages === null
      ? {}
      : { waitingPages: JSON.parse(String(row.waiting_pages)) as number[] }),
    ...readTags(row.tags),
    ...(row.facts === null ? {} : { facts: documentFactsSchema.parse(JSON.parse(String(row.facts))) }),
    ...(row.parent_id === null
      ? {}
      : { container: { documentId: String(row.parent_id), path: String(row.parent_path) } }),
    contentHash: row.content_hash === null ? null : String(row.content_hash),
    reader: row.reader === null ? null : String(row.reader),
    language: row.language === null ? null : String(row.language),
  };
}

/** Without what only indexing needs to know. */
export function publicDocument({
  contentHash: _,
  reader: __,
  language: ___,
  ...document
}: ManifestDocument): Document {
  return document;
}
