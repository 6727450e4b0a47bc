/** What a library has for text recognition to read, and what that costs. Also whether it is little enough to be begun unasked. */
import type { RecognitionPlan } from '../../contract/recognition/recognition.ts';
import type { ManifestDocument } from '../../library/manifest/manifest-document.ts';
import type { LibrarySession } from '../library-session.ts';

/** A page of A4 full of text on a laptop of some years ago; measured pages take its place. */
const usualSecondsPerPage = 4;
/** More is begun by a person, who is told what it takes. */
const maxUnaskedSeconds = 600;

export type WaitingDocument = { document: ManifestDocument; pages: number[] };

/** Documents with pages that are not done, the newest first; those of folders that are away or switched off apart. */
export function waitingDocuments(session: LibrarySession): {
  read: WaitingDocument[];
  off: WaitingDocument[];
} {
  const folders = new Map(session.folders.list().map((folder) => [folder.id, folder]));
  const done = session.recognised.done();
  const read: WaitingDocument[] = [];
  const off: WaitingDocument[] = [];
  for (const document of session.documents.waiting()) {
    const folder = folders.get(document.folderId);
    if (!folder || folder.unavailable !== null || document.contentHash === null) continue;
    const ofBytes = done.get(document.contentHash);
    const pages = (document.waitingPages ?? []).filter((page) => !ofBytes?.has(page));
    if (pages.length > 0) (folder.recognise ? read : off).push({ document, pages });
  }
  return { read, off };
}

export function planRecognition(session: LibrarySession, languages: string[]): RecognitionPlan {
  const { read, off } = waitingDocuments(session);
  const measured = session.recognised.secondsPerPage();
  const secondsPerPage = measured ?? usualSecondsPerPage;
  const pages = countPages(read);
  return {
    library: session.name,
    documents: read.length,
    pages,
    pagesSwitchedOff: countPages(off),
    secondsPerPage,
    isMeasured: measured !== null,
    estimatedSeconds: pages * secondsPerPage,
    languages,
  };
}

export function isBegunUnasked({ pages, estimatedSeconds, languages }: RecognitionPlan): boolean {
  return pages > 0 && languages.length > 0 && estimatedSeconds <= maxUnaskedSeconds;
}

const countPages = (documents: readonly WaitingDocument[]): number =>
  documents.reduce((sum, { pages }) => sum + pages.length, 0);
