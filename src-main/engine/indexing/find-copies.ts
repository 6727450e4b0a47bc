/** Compares documents that were read since the last time with those that are there, so that a search shows copies as one. */
import { type TextSignature, textSignature } from '../../library/extraction/text-signature.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';

const perTransaction = 200;

/** `signatures` are known of texts that were just read; those of others are made of the texts that are kept. */
export async function findCopies(
  session: LibrarySession,
  signatures: ReadonlyMap<string, TextSignature>,
  control: JobControl,
): Promise<void> {
  const signatureOf = (id: string, contentHash: string): TextSignature | null => {
    const known = signatures.get(id);
    if (known) return known;
    const text = session.texts.get(id, contentHash)?.text;
    return text === undefined ? null : textSignature(text);
  };
  const waiting = session.documents.copies.waiting();
  for (let first = 0; first < waiting.length; first += perTransaction) {
    await control.checkpoint();
    session.documents.transaction(() => {
      for (const { id, contentHash } of waiting.slice(first, first + perTransaction)) {
        session.documents.copies.put(id, contentHash, signatureOf(id, contentHash));
      }
    });
  }
}
