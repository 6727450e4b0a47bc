/**
 * Marks files that could not be read as pending again where reading may now succeed: with a newer reader, with pages that text recognition has
 * read meanwhile, or with a higher limit of size.
 */
import { basename } from 'node:path';
import { isCurrentStamp } from '../../library/readers/reader-stamp.ts';
import { readAgain } from '../folders/read-again.ts';
import type { LibrarySession } from '../library-session.ts';

/** Marks them as pending. Files of a folder that is not there just now keep their state. */
export function markOutdated(session: LibrarySession, maxBytes: number): void {
  const { documents, folders } = session;
  const isThere = new Map(folders.list().map(({ id, unavailable }) => [id, unavailable === null]));
  const unread = (['unsupported', 'scan', 'empty', 'failed', 'encrypted'] as const)
    .flatMap((state) => documents.withState(state))
    .filter(({ reader, path }) => !isCurrentStamp(reader, basename(path)));
  const small = documents.withState('too-large').filter(({ sizeBytes }) => sizeBytes <= maxBytes);
  const done = session.recognised.done();
  const recognised = documents.waiting().filter(({ state, contentHash, waitingPages }) => {
    const pages = contentHash === null ? undefined : done.get(contentHash);
    return state !== 'pending' && waitingPages?.some((page) => pages?.has(page));
  });
  documents.transaction(() => {
    for (const { id, folderId } of recognised) if (isThere.get(folderId)) readAgain(session, id);
    for (const { id, folderId, container } of [...unread, ...small]) {
      if (!isThere.get(folderId)) continue;
      if (container) readAgain(session, id);
      else documents.markPending(id);
    }
  });
}
