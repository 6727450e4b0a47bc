/**
 * The indexing job, top to bottom: scan, recognise moves, forget what is gone, read what is new, tidy up; then vectors for what has none.
 * So everything can be found by its words before the first vector is made. It may be killed at any line; running it again from the
 * start gives the same library.
 */
import { setImmediate } from 'node:timers/promises';
import type { DocumentCounts, SkipRule } from '../../contract/libraries.ts';
import { hashFile } from '../../library/extraction/hash-file.ts';
import type { FoundFile, ManifestDocument } from '../../library/manifest/manifest-document.ts';
import { vocabularyWords } from '../../library/manifest/vocabulary.ts';
import type { Skipped } from '../../library/watching/scan-folder.ts';
import { moveDocuments, removeDocuments } from '../documents/change-documents.ts';
import { lostDocuments, removeOrphanRows } from '../documents/lost-documents.ts';
import { absorbInnerFolders } from '../folders/absorb-inner-folders.ts';
import { readAgain } from '../folders/read-again.ts';
import { scanEntry } from '../folders/scan-entry.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import { learnWordMeanings } from '../meanings/learn-word-meanings.ts';
import { embedPassages } from './embed-passages.ts';
import { findCopies } from './find-copies.ts';
import { deviceOf, folderProblem, goneProblem, otherDiskProblem } from './folder-problem.ts';
import { markOutdated } from './mark-outdated.ts';
import { migrateLibrary } from './migrate-library.ts';
import { putInOrder } from './put-in-order.ts';
import { type ReadSettings, readPendingDocuments } from './read-pending-documents.ts';
import { type FolderScanner, reconcileFolder } from './reconcile-folder.ts';
import { renewTerms } from './renew-terms.ts';

const smallLibraryRows = 20_000;
const largeChange = 0.1;
const filesPerCommit = 256;

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

/** `isAskedAgain` tells whether somebody has asked for an index run since it was last called: files may have changed while vectors are made. */
export async function indexLibrary(
  session: LibrarySession,
  settings: ReadSettings,
  control: JobControl,
  isAskedAgain: () => boolean = () => false,
): Promise<IndexResult> {
  const startedAtMs = performance.now();
  const counts = { added: 0, removed: 0, moved: 0, read: 0 };
  await migrateLibrary(session, control);
  await absorbInnerFolders(session);
  await forgetWhatIsLost(session, control);
  await learnWords(session, control.signal);
  for (;;) {
    const scanned = await readFolders(session, settings, control, counts);
    await renewTerms(session, control);
    if (!(await embed(session, control, isAskedAgain))) continue;
    return {
      ...scanned,
      outcomes: session.documents.counts(),
      ...counts,
      chunks: session.documents.chunkCount(),
      seconds: (performance.now() - startedAtMs) / 1000,
    };
  }
}

/** Passages that an earlier version wrote have not told their words yet. */
async function learnWords(session: LibrarySession, signal: AbortSignal): Promise<void> {
  if (!session.vocabulary.isEmpty) return;
  for await (const rows of session.vectors.active.readRows({ signal })) {
    const words = vocabularyWords(rows.map(({ text }) => text));
    session.documents.transaction(() => session.vocabulary.add(words));
  }
}

/** What a damaged table held is read from the documents again. */
async function forgetWhatIsLost(session: LibrarySession, control: JobControl): Promise<void> {
  for (const repair of await session.repair()) control.log(repair);
  const lost = lostDocuments(session);
  session.documents.transaction(() => {
    for (const { id } of lost) readAgain(session, id);
  });
}

/** Brings words up to date with the files. Returns how many files there are. */
async function readFolders(
  session: LibrarySession,
  settings: ReadSettings,
  control: JobControl,
  counts: Pick<IndexResult, 'added' | 'removed' | 'moved' | 'read'>,
): Promise<Pick<IndexResult, 'files' | 'skipped'>> {
  const found = await scanFolders(session, control);
  const moved = await applyMoves(session, found.added, found.gone);
  const gone = found.gone.filter((document) => !moved.has(document.id));
  await removeDocuments(
    session,
    gone.map((document) => document.id),
  );
  markOutdated(session, settings.maxBytes);
  const { read, changed, signatures } = await readPendingDocuments(session, settings, control);
  await removeOrphanRows(session);
  await findCopies(session, signatures, control);
  control.report('optimising', 0, null, '');
  await putInOrder(session, control, () => tidyUp(session, changed + gone.length));
  counts.added += found.added.length - moved.size;
  counts.removed += gone.length;
  counts.moved += moved.size;
  counts.read += read;
  session.changed();
  return { files: found.fileCount, skipped: found.skipped };
}

/** False where it stopped because files are to be looked at first. Without an encoder there is nothing to do: the library says why. */
async function embed(
  session: LibrarySession,
  control: JobControl,
  isAskedToYield: () => boolean,
): Promise<boolean> {
  const fitting = await session.vectors.fitEncoder();
  if (fitting) control.log(`${fitting} knows the languages of this library, so it makes the vectors.`);
  const { active: set, encoder } = session.vectors;
  if (!encoder) return true;
  const hadVectors = set.embeddedCount;
  const isDone = await embedPassages(session, { set, encoder, isAskedToYield }, control);
  if (!isDone) return false;
  if (set.embeddedCount !== hadVectors) control.report('optimising', 0, null, '');
  await putInOrder(session, control, () => set.maintainVectors());
  session.changed();
  await learnWordMeanings(session, set, encoder, control);
  session.changed();
  return true;
}

/**
 * Word scores drift as rows are replaced. Below some size building the word index anew costs nothing to speak of; above
 * it, only a run that changed a good part of the library does so.
 */
async function tidyUp(session: LibrarySession, changedDocuments: number): Promise<void> {
  const { passages } = session.vectors.store;
  const rows = passages.rowCount;
  const documents = session.documents.counts().indexed;
  const isSmall = rows <= smallLibraryRows;
  const rebuildWords = changedDocuments > 0 && (isSmall || changedDocuments >= documents * largeChange);
  await passages.maintain({ force: rebuildWords, rebuildWords });
}

type AddedFile = FoundFile & { folderId: string };
type SkipCounts = { [Rule in SkipRule]?: number };
type Found = { fileCount: number; added: AddedFile[]; gone: ManifestDocument[]; skipped: SkipCounts };

async function scanFolders(session: LibrarySession, control: JobControl): Promise<Found> {
  const found: Found = { fileCount: 0, added: [], gone: [], skipped: {} };
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
