/** Tells a folder that is away for the moment, whose documents are kept, from one that has lost files. */

import { readdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../../../common/error-code.ts';
import type { Folder } from '../../../contract/libraries.ts';
import { leftOutByName } from '../../../library/watching/exclusion.ts';
import type { FolderChanges } from './reconcile-folder.ts';

/** Says why a folder cannot be read now, or null. A folder that cannot be read keeps its documents. */
export async function folderProblem(folder: Folder): Promise<string | null> {
  if (folder.isFile) return await fileProblem(folder);
  const { path, documentCount, exclude } = folder;
  try {
    if (!(await stat(path)).isDirectory()) return `${path} is not a folder.`;
    // What is left of a disk that is not connected is an empty folder.
    const isLeftOut = leftOutByName(exclude);
    const isEmpty = documentCount > 0 && (await readdir(path)).every((name) => isLeftOut(name) !== null);
    return isEmpty
      ? `${path} is empty, though ${documentCount} documents were found there before; they are kept. If it is on a removable or network disk, connect it. If they are deleted, remove the folder here.`
      : null;
  } catch (error) {
    return unreadable(path, error);
  }
}

/** A file that is missing from a folder with other things in it is gone; where that folder is away or empty, its disk may be. */
async function fileProblem({ path }: Folder): Promise<string | null> {
  try {
    return (await stat(path)).isFile()
      ? null
      : `${path} was a file, and is a folder now. Remove it here, and add the folder.`;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') return unreadable(path, error);
    const beside = await readdir(dirname(path)).catch(() => []);
    return beside.length > 0 ? null : unreadable(path, error);
  }
}

/** What is said of an entry whose file was there and is gone, else null. */
export const goneProblem = ({ path, isFile }: Folder, { fileCount }: FolderChanges): string | null =>
  isFile && fileCount === 0
    ? `${path} was moved or deleted. Add it where it is now, or remove it here.`
    : null;

function unreadable(path: string, error: unknown): string {
  const code = errorCode(error) ?? 'unknown';
  if (code === 'ENOENT') return `${path} is not there just now. If it is on a removable disk, connect it.`;
  return `${path} cannot be read (${code}). Check its permissions.`;
}

/** Which disk the folder is on, or the one of a file. The number may change whenever a disk is connected again. */
export async function deviceOf({ path, isFile }: Folder): Promise<string> {
  return String((await stat(isFile ? dirname(path) : path, { bigint: true })).dev);
}

/** On another disk than before, and without a single one of the files that were known: then it is another disk's folder. */
export function otherDiskProblem(
  { path }: Folder,
  { keptCount, gone }: FolderChanges,
  devices: { before: string | null; now: string },
): string | null {
  const isOther = devices.before !== null && devices.before !== devices.now;
  if (!isOther || keptCount > 0 || gone.length === 0) return null;
  return `${path} is on another disk than before, and holds none of the ${gone.length} documents that were found there; they are kept. Connect the disk, or remove the folder and add it again.`;
}
