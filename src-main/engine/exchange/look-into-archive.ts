/** Says what an archive holds, so that a person can tell where its folders are on this machine before it is imported. */
import { existsSync } from 'node:fs';
import type { ArchiveContents } from '../../contract/libraries.ts';
import { LibraryArchive } from './read-archive.ts';

/** Throws as `LibraryArchive.open` does. */
export async function lookIntoArchive(path: string): Promise<ArchiveContents> {
  const archive = await LibraryArchive.open(path);
  archive.close();
  const { library, madeAt, withIndex, folders } = archive.manifest;
  return {
    ...{ library, madeAt, withIndex },
    folders: folders.map((folder) => ({ path: folder, isHere: existsSync(folder) })),
  };
}
