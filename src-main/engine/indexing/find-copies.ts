/** Compares documents that were read since the last time with those that are there, so that a search shows copies as one. */
import { textSignature } from '../../library/extraction/text-signature.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';

const perTransaction = 200;

export async function findCopies(session: LibrarySession, control: JobControl): Promise<void> {
  const waiting = session.documents.copies.waiting();
  for (let first = 0; first < waiting.length; first += perTransaction) {
    await control.checkpoint();
    session.documents.transaction(() => {
      for (const { id, contentHash } of waiting.slice(first, first + perTransaction)) {
        const text = session.texts.get(id, contentHash)?.text;
        session.documents.copies.put(id, contentHash, text === undefined ? null : textSignature(text));
      }
    });
  }
}
