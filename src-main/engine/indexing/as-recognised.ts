/** A document as it was just read, with what text recognition made of its pages before. */
import type { ExtractionOutcome } from '../../library/extraction/extracted-document.ts';
import { unpackDocument } from '../../library/extraction/extracted-texts.ts';
import { type ReadDocument, readDocument } from '../../library/extraction/read-document.ts';
import type { LibrarySession } from '../library-session.ts';

/** Pages that text recognition read before are put in their place, and the text is cut anew; few documents wait for any. */
export async function asRecognised(
  session: LibrarySession,
  outcome: ExtractionOutcome<ReadDocument>,
  contentHash: string,
): Promise<ExtractionOutcome<ReadDocument>> {
  if ((outcome.state !== 'scan' && outcome.state !== 'indexed') || !outcome.document.waitingPages)
    return outcome;
  const document = unpackDocument(outcome.document.packed);
  const recognised = session.withRecognised({ ...outcome, document }, contentHash);
  if (recognised.state !== 'scan' && recognised.state !== 'indexed') return recognised;
  if (recognised.document === document) return outcome;
  const { tokens } = session.vectors;
  return {
    ...recognised,
    document: await readDocument(recognised.document, (texts) => tokens.count(texts)),
  };
}
