/**
 * The indexing job, top to bottom: scan, recognise moves, forget what is gone, read what is new, tidy up. It may be
 * killed at any line; running it again from the start gives the same library.
 */
import type { DocumentCounts } from '../../contract/libraries.ts';
import { hashFile } from '../../library/extraction/hash-file.ts';
import type { FoundFile, ManifestDocument } from '../../library/manifest/document-table.ts';
import type { SkipRule } from '../../library/watching/scan-folder.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import { type ReadSettings, readPendingDocuments } from './read-pending-documents.ts';
import { type FolderScanner, folderProblem, reconcileFolder } from './reconcile-folder.ts';

const smallLibraryRows = 20_000;
const largeChange = 0.1;

export type IndexResult = {
  files: number;
  outcomes: DocumentCounts;
  /** Files and folders that were left out, by rule; rules that left out nothing are not named. */
  skipped: SkipCounts;
  added: number;
  removed: number;
  moved: number;
  read: number;
  chunks: number;
  seconds: number;
};

export async function indexLibrary(
  session: LibrarySession,
  settings: ReadSettings,
  control: JobControl,
): Promise<IndexResult> {
  const startedAtMs = performance.now();
  const found = await scanFolders(session, control);
  const moved = await applyMoves(session, found.added, found.gone);
  const gone = found.gone.filter((document) => !moved.has(document.id));
  await session.removeDocuments(gone.map((document) => document.id));
  const read = await readPendingDocuments(session, settings, control);
  await session.removeOrphanRows();
  control.report('optimising', 0, null, '');
  await tidyUp(session, read + gone.length);
  return {
    files: found.fileCount,
    outcomes: session.documents.counts(),
    skipped: found.skipped,
    added: found.added.length - moved.size,
    removed: gone.length,
    moved: moved.size,
    read,
    chunks: session.documents.chunkCount(),
    seconds: (performance.now() - startedAtMs) / 1000,
  };
}

/**
 * Word scores drift as rows are replaced. Below some size building the word index anew costs nothing to speak of; above
 * it, only a run that changed a good part of the library does so.
 */
async function tidyUp(session: LibrarySession, changedDocuments: number): Promise<void> {
  const { active } = session.vectors;
  const rows = await active.countRows();
  const documents = session.documents.counts().indexed;
  const isSmall = rows <= smallLibraryRows;
  const rebuildWords = changedDocuments > 0 && (isSmall || changedDocuments >= documents * largeChange);
  await active.maintain({ force: rebuildWords, rebuildWords });
}

type AddedFile = FoundFile & { folderId: string };
type SkipCounts = { [Rule in SkipRule]?: number };
type Found = { fileCount: number; added: AddedFile[]; gone: ManifestDocument[]; skipped: SkipCounts };

async function scanFolders(session: LibrarySession, control: JobControl): Promise<Found> {
  const found: Found = { fileCount: 0, added: [], gone: [], skipped: {} };
  let scanned = 0;
  for (const folder of session.folders.list()) {
    const problem = await folderProblem(folder.path);
    session.folders.setUnavailable(folder.id, problem);
    if (problem) {
      control.log(problem);
      continue;
    }
    const onSkipped = (rule: SkipRule) => {
      found.skipped[rule] = (found.skipped[rule] ?? 0) + 1;
    };
    const scanner: FolderScanner = (onUnreadable) => session.scan(folder, control, onUnreadable, onSkipped);
    const changes = await reconcileFolder(folder, session.documents, scanner, async () => {
      scanned += 1;
      if (scanned % 50 !== 0) return;
      control.report('scanning', scanned, null, 'files');
      await control.checkpoint();
    });
    found.fileCount += changes.fileCount;
    found.added.push(...changes.added.map((file) => ({ ...file, folderId: folder.id })));
    found.gone.push(...changes.gone);
  }
  return found;
}

/** A new file with the size and the bytes of one that vanished is that one, moved. Returns the moved documents' ids. */
async function applyMoves(
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
  const taken = new Set<string>();
  for (const file of added) {
    const candidates = bySize.get(file.sizeBytes);
    const hash = candidates ? await hashFile(file.path).catch(() => null) : null;
    const document = candidates?.find(
      (candidate) => candidate.contentHash === hash && !taken.has(candidate.id),
    );
    if (document) {
      taken.add(document.id);
      moves.push({ document, file });
    } else {
      session.documents.addPending(file.folderId, file);
    }
  }
  await session.moveDocuments(moves);
  return taken;
}
