/**
 * Compares the folders of a library with its manifest: what is new, what has changed, what has moved and what is gone. It reads no file's content
 * except to recognise a moved one.
 */
import { setImmediate } from 'node:timers/promises';
import type { SkipRule } from '../../../contract/libraries.ts';
import { hashFile } from '../../../library/extraction/hash-file.ts';
import type { FoundFile, ManifestDocument } from '../../../library/manifest/manifest-document.ts';
import type { Skipped } from '../../../library/watching/scan-folder.ts';
import { moveDocuments } from '../../documents/change-documents.ts';
import { scanEntry } from '../../folders/scan-entry.ts';
import type { JobControl } from '../../jobs/job-control.ts';
import type { LibrarySession } from '../../library-session.ts';
import { deviceOf, folderProblem, goneProblem, otherDiskProblem } from './folder-problem.ts';
import { type FolderScanner, reconcileFolder } from './reconcile-folder.ts';

const filesPerCommit = 256;

export type AddedFile = FoundFile & { folderId: string };
export type SkipCounts = { [Rule in SkipRule]?: number };
export type FoundInFolders = {
  fileCount: number;
  added: AddedFile[];
  gone: ManifestDocument[];
  skipped: SkipCounts;
};

export async function scanFolders(session: LibrarySession, control: JobControl): Promise<FoundInFolders> {
  const found: FoundInFolders = { fileCount: 0, added: [], gone: [], skipped: {} };
  let scanned = 0;
  for (const folder of session.folders.list()) {
    const giveUp = (problem: string) => {
      session.folders.setUnavailable(folder.id, problem);
      control.log(problem);
    };
    const problem = await folderProblem(folder);
    if (problem) {
      giveUp(problem);
      continue;
    }
    const onSkipped = ({ rule }: Skipped) => {
      found.skipped[rule] = (found.skipped[rule] ?? 0) + 1;
    };
    const devices = { before: session.folders.device(folder.id), now: await deviceOf(folder) };
    const scanner: FolderScanner = (onUnreadable) => scanEntry(folder, control, onUnreadable, onSkipped);
    const changes = await reconcileFolder(folder, session.documents, scanner, async (toRead) => {
      session.extraction.warmUp(toRead);
      scanned += 1;
      if (scanned % 50 !== 0) return;
      control.report('scanning', scanned, null, 'files', folder.path);
      await control.checkpoint();
    });
    const otherDisk = otherDiskProblem(folder, changes, devices);
    if (otherDisk) {
      giveUp(otherDisk);
      continue;
    }
    session.folders.setUnavailable(folder.id, goneProblem(folder, changes));
    session.folders.setDevice(folder.id, devices.now);
    found.fileCount += changes.fileCount;
    found.added.push(...changes.added.map((file) => ({ ...file, folderId: folder.id })));
    found.gone.push(...changes.gone);
  }
  return found;
}

/** A new file with the size and the bytes of one that vanished is that one, moved. Returns the moved documents' ids. */
export async function applyMoves(
  session: LibrarySession,
  added: readonly AddedFile[],
  gone: readonly ManifestDocument[],
): Promise<Set<string>> {
  const bySize = new Map<number, ManifestDocument[]>();
  for (const document of gone) {
    if (!document.contentHash) continue;
    bySize.set(document.sizeBytes, [...(bySize.get(document.sizeBytes) ?? []), document]);
  }
  const moves: { document: ManifestDocument; file: AddedFile }[] = [];
  const fresh: AddedFile[] = [];
  const taken = new Set<string>();
  for (const file of added) {
    const candidates = bySize.get(file.sizeBytes);
    const hash = candidates ? await hashFile(file.path).catch(() => null) : null;
    const document = candidates?.find(
      (candidate) => candidate.contentHash === hash && !taken.has(candidate.id),
    );
    if (!document) fresh.push(file);
    else {
      taken.add(document.id);
      moves.push({ document, file });
    }
  }
  await addFiles(session, fresh);
  const folderIds = presentFolders(session);
  const lost = moves.filter(({ file }) => !folderIds.has(file.folderId));
  for (const { document } of lost) taken.delete(document.id);
  await moveDocuments(
    session,
    moves.filter((move) => !lost.includes(move)),
  );
  return taken;
}

/** Some at a time: each commit waits for the disk, and searches wait for each. */
async function addFiles(session: LibrarySession, files: readonly AddedFile[]): Promise<void> {
  for (let first = 0; first < files.length; first += filesPerCommit) {
    const folderIds = presentFolders(session);
    session.documents.transaction(() => {
      for (const file of files.slice(first, first + filesPerCommit)) {
        // Its folder was removed or taken over while this run scanned it; the run asked for then sees to the file.
        if (folderIds.has(file.folderId)) session.documents.addPending(file.folderId, file);
      }
    });
    await setImmediate();
  }
}

const presentFolders = ({ folders }: LibrarySession): Set<string> =>
  new Set(folders.list().map(({ id }) => id));
