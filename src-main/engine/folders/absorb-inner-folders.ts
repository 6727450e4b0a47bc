/**
 * Merges a folder, or a single file, into a folder that contains it, so that no file belongs to two folders. Documents keep their ids and
 * so their vectors.
 */
import { posix } from 'node:path';
import { pathBelow } from '../../common/paths/path-below.ts';
import type { Folder } from '../../contract/libraries.ts';
import { isScanned } from '../../library/watching/build-outputs.ts';
import { excludeFromAbove, readExclusion } from '../../library/watching/exclusion.ts';
import type { LibrarySession } from '../library-session.ts';

export async function absorbInnerFolders(session: LibrarySession): Promise<void> {
  for (const inner of session.folders.list()) {
    for (const { id } of session.folders.list()) {
      const outer = session.folders.find(id)!;
      const below = outer.id === inner.id ? null : await scannedBelow(outer, inner.path);
      // Looking at the disk takes a moment, in which either may have been removed.
      if (!below || !session.folders.find(outer.id) || !session.folders.find(inner.id)) continue;
      const exclude = inner.exclude.flatMap((pattern) => excludeFromAbove(pattern, below) ?? []);
      const within = inner.isFile ? posix.join(below, '..') : below;
      session.folders.takeOver(outer.id, inner.id, within === '.' ? '' : within, [
        ...new Set([...outer.exclude, ...exclude]),
      ]);
      session.changed();
      break;
    }
  }
}

/** Where the scan of `folder` meets `path`, with `/`: '' for the folder itself, null where it does not. */
export async function scannedBelow(
  folder: Pick<Folder, 'path' | 'exclude'>,
  path: string,
): Promise<string | null> {
  const below = pathBelow(folder.path, path);
  if (!below) return below;
  // A folder that cannot be read just now cannot say what it leaves out beyond its own list.
  const isExcluded = await readExclusion(folder.path, folder.exclude).catch(() => null);
  return isExcluded && !(await isScanned(folder.path, below, isExcluded)) ? null : below;
}
