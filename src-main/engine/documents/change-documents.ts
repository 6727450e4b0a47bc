/** Changes of which documents a library has and where they are, in its tables and its manifest alike; in both, or again after a kill. */
import { AppError } from '../../common/app-error.ts';
import { pathBelow } from '../../common/paths/path-below.ts';
import { documentDate } from '../../library/manifest/document-date.ts';
import type { FoundFile, ManifestDocument } from '../../library/manifest/manifest-document.ts';
import { isEntered, readExclusion } from '../../library/watching/exclusion.ts';
import type { DocumentFacts } from '../../store/chunk-row.ts';
import type { LibrarySession } from '../library-session.ts';

export async function moveDocuments(
  session: LibrarySession,
  moves: readonly { document: ManifestDocument; file: FoundFile & { folderId: string } }[],
): Promise<void> {
  if (moves.length === 0) return;
  const { documents } = session;
  await updateDocumentFacts(
    session,
    moves.flatMap(({ document, file }) => [
      { ...document, path: file.path, modifiedAt: file.modifiedAt },
      ...documents
        .attachmentsOf(document.id)
        .map((inner) => ({ ...inner, path: `${file.path}${inner.path.slice(document.path.length)}` })),
    ]),
  );
  documents.transaction(() => {
    for (const { document, file } of moves) documents.move(document.id, file.folderId, file);
  });
  session.changed();
}

/** What searches narrow by, in every table of the library at once. Documents that were never read have no kind and no rows. */
export async function updateDocumentFacts(
  session: LibrarySession,
  documents: readonly Pick<ManifestDocument, 'id' | 'path' | 'kind' | 'modifiedAt' | 'facts'>[],
): Promise<void> {
  const facts = new Map<string, DocumentFacts>();
  for (const document of documents) {
    const { id, path, kind } = document;
    if (kind) facts.set(id, { path, kind, modifiedAt: documentDate(document) });
  }
  await session.vectors.store.updateDocumentFacts(facts);
}

export async function removeDocuments(session: LibrarySession, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { documents, texts, vectors } = session;
  const inside = ids.flatMap((id) => documents.attachmentsOf(id).map((document) => document.id));
  await vectors.store.removeDocuments([...ids, ...inside]);
  documents.remove(ids);
  texts.remove([...ids, ...inside]);
  session.changed();
}

/** Documents that their folder leaves out now go at once, also while the run that looks at the files waits behind a paused one. */
export async function removeLeftOut(session: LibrarySession, folderId: string): Promise<void> {
  const folder = session.folders.find(folderId);
  if (!folder || folder.isFile) return;
  // A folder that is not there just now keeps its documents; the next run sees to them.
  const isExcluded = await readExclusion(folder.path, folder.exclude).catch(() => null);
  if (!isExcluded) return;
  const leftOut = session.documents.filesIn(folderId).filter(({ path }) => {
    const below = pathBelow(folder.path, path);
    return below !== null && !isEntered(below, isExcluded);
  });
  await removeDocuments(
    session,
    leftOut.map(({ id }) => id),
  );
}

/** The folder and its documents. Throws `not-found`. */
export async function removeFolder(session: LibrarySession, folderId: string): Promise<void> {
  const { documents, folders } = session;
  if (!folders.find(folderId)) throw new AppError('not-found', `This library has no folder ${folderId}.`);
  const inside = documents.inFolder(folderId).map((document) => document.id);
  await removeDocuments(session, inside);
  folders.remove(folderId);
  session.changed();
}
