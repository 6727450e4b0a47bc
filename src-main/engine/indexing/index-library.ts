/**
 * The indexing job, top to bottom: scan, recognise moves, forget what is gone, read what is new, tidy up; then vectors for what has none.
 * So everything can be found by its words before the first vector is made. It may be killed at any line; running it again from the
 * start gives the same library.
 */
import type { DocumentCounts } from '../../contract/libraries.ts';
import { vocabularyWords } from '../../library/manifest/vocabulary.ts';
import { removeDocuments } from '../documents/change-documents.ts';
import { lostDocuments, removeOrphanRows } from '../documents/lost-documents.ts';
import { absorbInnerFolders } from '../folders/absorb-inner-folders.ts';
import { readAgain } from '../folders/read-again.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import { learnWordMeanings } from '../meanings/learn-word-meanings.ts';
import { embedPassages } from './embed-passages.ts';
import { findCopies } from './find-copies.ts';
import { markOutdated } from './mark-outdated.ts';
import { migrateLibrary } from './migrate-library.ts';
import { putInOrder } from './put-in-order.ts';
import { type ReadSettings, readPendingDocuments } from './read-pending-documents.ts';
import { renewTerms } from './renew-terms.ts';
import { applyMoves, type SkipCounts, scanFolders } from './scanning/scan-folders.ts';

const smallLibraryRows = 20_000;
const largeChange = 0.1;

/**
 * What of a run is wanted where not all of it is, for files that change while somebody works on them: `words` makes them findable, `vectors` is
 * what comes after, and `rest` puts the tables in order, too.
 */
export const indexParts = ['words', 'vectors', 'rest'] as const;
export type IndexPart = (typeof indexParts)[number];

export type IndexOptions = {
  /** All of it, if left out. */
  only?: IndexPart | undefined;
  /** Tells whether somebody has asked for an index run since it was last called: files may have changed while vectors are made. */
  isAskedAgain?: () => boolean;
};

export type IndexResult = {
  /** Those that were looked at. */
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

/** What reading the folders has come to so far. */
type IndexCounts = Pick<IndexResult, 'files' | 'skipped' | 'added' | 'removed' | 'moved' | 'read'>;
const noCounts = (): IndexCounts => ({ files: 0, skipped: {}, added: 0, removed: 0, moved: 0, read: 0 });

export async function indexLibrary(
  session: LibrarySession,
  settings: ReadSettings,
  control: JobControl,
  { only, isAskedAgain = () => false }: IndexOptions = {},
): Promise<IndexResult> {
  const startedAtMs = performance.now();
  const counts = noCounts();
  const readWords = () => readFolders(session, settings, control, counts);
  await migrateLibrary(session, control);
  await absorbInnerFolders(session);
  await forgetWhatIsLost(session, control);
  await learnWords(session, control.signal);
  if (only === undefined || only === 'words') await readWords();
  await renewTerms(session, control);
  if (only === undefined) await tidyUp(session, control);
  if (only !== 'words') {
    await embed(session, control, async () => {
      const isAsked = isAskedAgain();
      if (isAsked) await readWords();
      return isAsked;
    });
  }
  // Where somebody has asked again, the run that follows does it.
  const { passages } = session.vectors.store;
  const isLast = only === 'rest' && !isAskedAgain();
  if (isLast || (only === undefined && passages.changedDocuments > 0)) await tidyUp(session, control);
  return {
    ...counts,
    outcomes: session.documents.counts(),
    chunks: session.documents.chunkCount(),
    seconds: (performance.now() - startedAtMs) / 1000,
  };
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

/** Brings words up to date with the files. */
export async function readFolders(
  session: LibrarySession,
  settings: ReadSettings,
  control: JobControl,
  counts = noCounts(),
): Promise<void> {
  const found = await scanFolders(session, control);
  const moved = await applyMoves(session, found.added, found.gone);
  const gone = found.gone.filter((document) => !moved.has(document.id));
  await removeDocuments(
    session,
    gone.map((document) => document.id),
  );
  markOutdated(session, settings.maxBytes);
  const { read, signatures } = await readPendingDocuments(session, settings, control);
  await removeOrphanRows(session);
  await findCopies(session, signatures, control);
  counts.files = found.fileCount;
  counts.skipped = found.skipped;
  counts.added += found.added.length - moved.size;
  counts.removed += gone.length;
  counts.moved += moved.size;
  counts.read += read;
  session.changed();
}

/** Without an encoder there is nothing to do: the library says why. `lookAgain` is called between pieces of work, as in `embedPassages`. */
async function embed(
  session: LibrarySession,
  control: JobControl,
  lookAgain: () => Promise<boolean>,
): Promise<void> {
  const fitting = await session.vectors.fitEncoder();
  if (fitting) control.log(`${fitting} knows the languages of this library, so it makes the vectors.`);
  const { active: set, encoder } = session.vectors;
  if (!encoder) return;
  const hadVectors = set.embeddedCount;
  await embedPassages(session, { set, encoder, lookAgain }, control);
  if (set.embeddedCount !== hadVectors) control.report('optimising', 0, null, '');
  await putInOrder(session, control, () => set.maintainVectors());
  session.changed();
  await learnWordMeanings(session, set, encoder, control);
  session.changed();
}

/**
 * Word scores drift as rows are replaced. Below some size building the word index anew costs nothing to speak of; above
 * it, only changes of a good part of the library do so.
 */
async function tidyUp(session: LibrarySession, control: JobControl): Promise<void> {
  const { passages } = session.vectors.store;
  const { changedDocuments, rowCount } = passages;
  const isSmall = rowCount <= smallLibraryRows;
  const isLargeChange = changedDocuments >= session.documents.counts().indexed * largeChange;
  const rebuildWords = changedDocuments > 0 && (isSmall || isLargeChange);
  control.report('optimising', 0, null, '');
  await putInOrder(session, control, () => passages.maintain({ force: rebuildWords, rebuildWords }));
}
