/** Writes what was read of some files: passages first, the manifest last. */
import type { ReadDocument } from '../../library/extraction/read-document.ts';
import type {
  AttachmentResult,
  DocumentResult,
  ManifestDocument,
} from '../../library/manifest/manifest-document.ts';
import type { PassageRow } from '../../store/chunk-row.ts';
import { updateDocumentFacts } from '../documents/change-documents.ts';
import type { LibrarySession } from '../library-session.ts';

/** `rows` is null where the passages stay as they are; `read` where there is no text to keep. */
export type ReadFile = {
  document: ManifestDocument;
  result: DocumentResult;
  rows: PassageRow[] | null;
  read: ReadDocument | null;
  /** Documents inside the file. */
  attachments: { result: AttachmentResult; rows: PassageRow[]; read: ReadDocument | null }[];
};

/** An unchanged document may have another date than before, which searches narrow by. */
export async function commitFiles(session: LibrarySession, batch: readonly ReadFile[]): Promise<void> {
  const { store } = session.vectors;
  const read = batch.flatMap(({ document, result, rows, read: own, attachments }) =>
    rows
      ? [
          { id: document.id, result, rows, read: own },
          ...attachments.map((one) => ({ ...one, id: one.result.id })),
        ]
      : [],
  );
  await store.replacePassages(read.map(({ id, rows }) => ({ documentId: id, rows })));
  const kept = new Set(read.map(({ id }) => id));
  const before = batch.flatMap(({ document, rows }) =>
    rows ? session.documents.attachmentsOf(document.id) : [],
  );
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  if (gone.length > 0) await store.removeDocuments(gone);
  await updateDocumentFacts(
    session,
    batch.flatMap(({ document, rows }) => (rows ? [] : [document])),
  );
  session.texts.together(() => {
    for (const { id, result, read: document } of read) {
      if (document && result.contentHash) session.texts.putPacked(id, result.contentHash, document.packed);
      else session.texts.remove([id]);
    }
    session.texts.remove(gone);
  });
  session.documents.transaction(() => {
    session.vocabulary.add(read.flatMap(({ read: document }) => document?.words.split('\n') ?? []));
    for (const { document, result, rows, attachments } of batch) {
      session.documents.finish(document.id, result);
      if (!rows) continue;
      session.documents.replaceAttachments(
        document,
        attachments.map((attachment) => attachment.result),
      );
    }
  });
}
