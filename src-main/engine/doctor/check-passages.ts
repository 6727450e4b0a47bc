/** Whether the passages that are searched are those of the documents as they were read: none missing, none left over. */

import { removeOrphanRows } from '../documents/lost-documents.ts';
import { readAgain } from '../folders/read-again.ts';
import type { LibrarySession } from '../library-session.ts';
import type { LibraryCheck, Problem } from './library-check.ts';

export const checkPassages: LibraryCheck = {
  check: 'passages',
  find: async (session) => [...(await findOrphans(session)), ...(await findMismatches(session))],
};

async function findOrphans(session: LibrarySession): Promise<Problem[]> {
  const versions = await session.vectors.active.documentVersions();
  const orphans = [...versions.keys()].filter((id) => !session.documents.get(id));
  if (orphans.length === 0) return [];
  const message = `There are passages of ${orphans.length} documents that the library does not know.`;
  return [{ message, repair: () => removeOrphanRows(session) }];
}

/** A document that is being read, or waits for it, may differ for a while. */
async function findMismatches(session: LibrarySession): Promise<Problem[]> {
  const versions = await session.vectors.active.documentVersions();
  const wrong = session.documents.withState('indexed').filter(({ id, chunkCount, contentHash }) => {
    const version = versions.get(id);
    return (version?.rows ?? 0) !== chunkCount || (version && version.contentHash !== contentHash);
  });
  if (wrong.length === 0) return [];
  const message = `The passages of ${wrong.length} documents are missing, not all there or of another content, such as those of ${wrong[0]!.path}.`;
  const repair = () => {
    for (const { id } of wrong) readAgain(session, id);
  };
  return [{ message, repair }];
}
