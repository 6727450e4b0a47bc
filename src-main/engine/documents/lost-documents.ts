/** Where the manifest and the tables of a library differ, after a kill or after damage, and whether an index run is needed to mend it. */
import type { ManifestDocument } from '../../library/manifest/manifest-document.ts';
import type { LibrarySession } from '../library-session.ts';

/** Documents that were read and have no passages, because a table was damaged or a kill came: the next run reads them again. */
export function lostDocuments({ documents, vectors }: LibrarySession): ManifestDocument[] {
  if (vectors.isOfEarlierLayout) return [];
  const { versions } = vectors.store.passages;
  return Array.from(documents.indexedHashes())
    .filter(([id, contentHash]) => versions.get(id)?.contentHash !== contentHash)
    .flatMap(([id]) => documents.get(id) ?? []);
}

/** Rows whose document is no longer in the manifest: left by a kill between two writes, or by a folder removed in mid-run. */
export async function removeOrphanRows({ documents, vectors }: LibrarySession): Promise<void> {
  const present = [...vectors.store.passages.versions.keys()];
  const known = documents.ids();
  await vectors.store.removeDocuments(present.filter((id) => !known.has(id)));
}

/** Whether something is to be done that no change of a file will bring about. */
export function needsIndexing(session: LibrarySession): boolean {
  const { vectors, meanings } = session;
  if (session.isReadOnly) return false;
  if (vectors.isOfEarlierLayout || !vectors.store.hasPresentTerms || lostDocuments(session).length > 0)
    return true;
  const { encoder, active } = vectors;
  if (encoder === null || active.passageTotal === 0) return false;
  return active.isPartlyEmbedded || !meanings.isKept(encoder);
}

/** Whether the engine was closed before what had changed was taken into the word index. */
export function isOutOfOrder({ isReadOnly, vectors }: LibrarySession): boolean {
  return !isReadOnly && !vectors.isOfEarlierLayout && vectors.store.passages.changedDocuments > 0;
}
