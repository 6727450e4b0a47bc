/**
 * Compares what is on disk with what the manifest knows of one folder, and writes down what is to be read. It reads no
 * file's content except to recognise a moved one, and deletes nothing itself.
 */
import { readdir, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Folder } from '../../contract/libraries.ts';
import type { DocumentTable, FoundFile, ManifestDocument } from '../../library/manifest/document-table.ts';
import { leftOutByName } from '../../library/watching/exclusion.ts';

export type FolderChanges = {
  /** Documents whose file is still there. */
  keptCount: number;
  fileCount: number;
  /** New files, not yet in the manifest. */
  added: FoundFile[];
  /** Documents whose file is no longer there. */
  gone: ManifestDocument[];
};

export type FolderScanner = (onUnreadable: (path: string) => void) => AsyncIterable<FoundFile>;

/** Says why a folder cannot be read now, or null. A folder that cannot be read keeps its documents. */
export async function folderProblem({ path, documentCount, exclude }: Folder): Promise<string | null> {
  try {
    if (!(await stat(path)).isDirectory()) return `${path} is not a folder.`;
    // What is left of a disk that is not connected is an empty folder.
    const isLeftOut = leftOutByName(exclude);
    const isEmpty = documentCount > 0 && (await readdir(path)).every((name) => isLeftOut(name) !== null);
    return isEmpty
      ? `${path} is empty, though ${documentCount} documents were found there before; they are kept. If it is on a removable or network disk, connect it. If they are deleted, remove the folder here.`
      : null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT') return `${path} is not there just now. If it is on a removable disk, connect it.`;
    return `${path} cannot be read (${code}). Check its permissions.`;
  }
}

/** Which disk the folder is on. The number may change whenever a disk is connected again. */
export async function deviceOf(path: string): Promise<string> {
  return String((await stat(path, { bigint: true })).dev);
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

export async function reconcileFolder(
  folder: Folder,
  documents: DocumentTable,
  scan: FolderScanner,
  onFile: () => Promise<void>,
): Promise<FolderChanges> {
  const known = new Map(documents.inFolder(folder.id).map((document) => [document.path, document]));
  const changes: FolderChanges = { keptCount: 0, fileCount: 0, added: [], gone: [] };
  const unreadable: string[] = [];
  const changed: { id: string; file: FoundFile }[] = [];
  for await (const file of scan((path) => unreadable.push(path))) {
    await onFile();
    changes.fileCount += 1;
    const document = known.get(file.path);
    if (known.delete(file.path)) changes.keptCount += 1;
    if (!document) changes.added.push(file);
    else if (file.isPlaceholder) continue;
    else if (document.sizeBytes !== file.sizeBytes || document.modifiedAt !== file.modifiedAt) {
      changed.push({ id: document.id, file });
    }
  }
  documents.transaction(() => {
    for (const { id, file } of changed) documents.markPending(id, file);
  });
  // What lies below a folder that cannot be read now is neither there nor gone.
  changes.gone = [...known.values()].filter(
    (document) => !unreadable.some((path) => document.path.startsWith(`${path}${sep}`)),
  );
  return changes;
}
