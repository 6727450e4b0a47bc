/**
 * Compares what is on disk with what the manifest knows of one folder, and writes down what is to be read. It reads no
 * file's content except to recognise a moved one, and deletes nothing itself.
 */
import { pathBelow } from '../../../common/paths/path-below.ts';
import type { Folder } from '../../../contract/libraries.ts';
import type { DocumentTable } from '../../../library/manifest/document-table.ts';
import type { FoundFile, ManifestDocument } from '../../../library/manifest/manifest-document.ts';

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

export async function reconcileFolder(
  folder: Folder,
  documents: DocumentTable,
  scan: FolderScanner,
  /** Called with how many files are to be read, of those that were compared so far. */
  onFile: (toRead: number) => Promise<void>,
): Promise<FolderChanges> {
  const known = new Map(documents.filesIn(folder.id).map((file) => [file.path, file]));
  const changes: FolderChanges = { keptCount: 0, fileCount: 0, added: [], gone: [] };
  const unreadable: string[] = [];
  const changed: { id: string; file: FoundFile }[] = [];
  for await (const file of scan((path) => unreadable.push(path))) {
    await onFile(changes.added.length + changed.length);
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
  // What cannot be read now, and what lies below it, is neither there nor gone.
  changes.gone = [...known.values()]
    .filter((file) => !unreadable.some((path) => pathBelow(path, file.path) !== null))
    .flatMap(({ id }) => documents.get(id) ?? []);
  return changes;
}
