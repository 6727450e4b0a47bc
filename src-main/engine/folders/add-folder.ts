/** Adds a folder or a single file to a library. One that is scanned already is refused with the name of the folder that holds it. */
import { AppError } from '../../common/app-error.ts';
import type { Folder } from '../../contract/libraries.ts';
import type { LibrarySession } from '../library-session.ts';
import { absorbInnerFolders, scannedBelow } from './absorb-inner-folders.ts';

/** `path` is a real path. Adding one that is there sets what it leaves out; a file leaves out nothing. Throws `conflict`. */
export async function addFolder(
  session: LibrarySession,
  { path, isFile }: Pick<Folder, 'path' | 'isFile'>,
  exclude: readonly string[],
): Promise<Folder> {
  let known = path;
  for (const folder of session.folders.list()) {
    const below = await scannedBelow(folder, path);
    if (below === null) continue;
    if (below !== '') {
      throw new AppError(
        'conflict',
        `${path} is already searched, as a part of the folder ${folder.path}. To search it alone, remove that folder first.`,
      );
    }
    // The same folder, perhaps spelt in other letters.
    known = folder.path;
  }
  const folderId = session.folders.add(known, isFile ? [] : exclude, isFile);
  await absorbInnerFolders(session);
  session.changed();
  const folder = session.folders.find(folderId);
  if (!folder) throw new AppError('conflict', `${path} was removed or taken over while it was added.`);
  return folder;
}
