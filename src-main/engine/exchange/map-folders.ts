/**
 * Gives folders and documents the paths that they have on another machine, in the manifest and in every table, so that nothing is read again.
 */
import { isAbsolute, join, win32 } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import { movePath, styleOf } from '../../common/paths/move-path.ts';
import { pathBelow } from '../../common/paths/path-below.ts';
import type { PathMap } from '../../contract/libraries.ts';
import { updateDocumentFacts } from '../documents/change-documents.ts';
import type { LibrarySession } from '../library-session.ts';

/** Where each folder is to be, by where it was; those that no map names are left out. Throws `bad-request` for maps that name none, or send two to one place. */
export function mappedFolders(folders: readonly string[], maps: readonly PathMap[]): Map<string, string> {
  const mapped = new Map<string, string>();
  for (const { from, to } of maps) {
    if (!isAbsolute(to))
      throw new AppError('bad-request', `${to} is no whole path. Write where ${from} is on this machine.`);
    let isUsed = false;
    for (const folder of folders) {
      const below = pathBelow(from, folder, styleOf(folder) === win32 ? 'win32' : 'linux');
      if (below === null) continue;
      isUsed = true;
      if (!mapped.has(folder)) mapped.set(folder, join(to, ...below.split('/')));
    }
    if (!isUsed) {
      throw new AppError(
        'bad-request',
        `No folder of this library lies in ${from}. Its folders: ${folders.join(', ') || 'none'}.`,
      );
    }
  }
  const places = folders.map((folder) => mapped.get(folder) ?? folder);
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice) throw new AppError('bad-request', `Two folders of this library would both be ${twice}.`);
  return mapped;
}

/** Killed in between, the tables and the manifest differ; whoever calls this begins anew then. */
export async function mapFolders(session: LibrarySession, maps: readonly PathMap[]): Promise<void> {
  const folders = session.folders.list();
  const mapped = mappedFolders(
    folders.map(({ path }) => path),
    maps,
  );
  const moved = folders.flatMap((folder) => {
    const to = mapped.get(folder.path);
    if (to === undefined) return [];
    const files = session.documents.inFolder(folder.id);
    const documents = files.flatMap((file) => [file, ...session.documents.attachmentsOf(file.id)]);
    return documents.map((document) => {
      const filePath = document.container?.path ?? document.path;
      const moved = movePath(filePath, folder.path, to);
      return { ...document, path: moved + document.path.slice(filePath.length) };
    });
  });
  await updateDocumentFacts(session, moved);
  session.documents.transaction(() => {
    for (const { id, path } of folders) session.folders.arrive(id, mapped.get(path) ?? path);
    session.documents.relocate(moved);
  });
}
