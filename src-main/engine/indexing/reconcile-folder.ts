/**
 * Compares what is on disk with what the manifest knows of one folder, and writes down what is to be read. It reads no
 * file's content except to recognise a moved one, and deletes nothing itself.
 */
import { stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Folder } from '../../contract/libraries.ts';
import type { DocumentTable, FoundFile, ManifestDocument } from '../../library/manifest/document-table.ts';

export type FolderChanges = {
  fileCount: number;
  /** New files, not yet in the manifest. */
  added: FoundFile[];
  /** Documents whose file is no longer there. */
  gone: ManifestDocument[];
};

export type FolderScanner = (onUnreadable: (path: string) => void) => AsyncIterable<FoundFile>;

/** Says why a folder cannot be read now, or null. A folder that cannot be read keeps its documents. */
export async function folderProblem(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isDirectory() ? null : `${path} is not a folder.`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT') return `${path} is not there just now. If it is on a removable disk, connect it.`;
    return `${path} cannot be read (${code}). Check its permissions.`;
  }
}

export async function reconcileFolder(
  folder: Folder,
  documents: DocumentTable,
  scan: FolderScanner,
  onFile: () => Promise<void>,
): Promise<FolderChanges> {
  const known = new Map(documents.inFolder(folder.id).map((document) => [document.path, document]));
  const changes: FolderChanges = { fileCount: 0, added: [], gone: [] };
  const unreadable: string[] = [];
  for await (const file of scan((path) => unreadable.push(path))) {
    await onFile();
    changes.fileCount += 1;
    const document = known.get(file.path);
    known.delete(file.path);
    if (!document) changes.added.push(file);
    else if (document.sizeBytes !== file.sizeBytes || document.modifiedAt !== file.modifiedAt) {
      documents.markPending(document.id, file);
    }
  }
  // What lies below a folder that cannot be read now is neither there nor gone.
  changes.gone = [...known.values()].filter(
    (document) => !unreadable.some((path) => document.path.startsWith(`${path}${sep}`)),
  );
  return changes;
}
