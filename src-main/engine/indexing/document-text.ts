/**
 * Gives the text of a document for showing it: the stored text that its passages were cut from, else the text of
 * the file as it is now. It says when the file has changed since, as passages may then stand elsewhere in it.
 */
import { stat } from 'node:fs/promises';
import { AppError } from '../../common/app-error.ts';
import type { Document, DocumentText } from '../../contract/libraries.ts';
import type { ExtractedDocument } from '../../library/extraction/extracted-document.ts';
import type { Extraction, ExtractionLimits } from '../../library/extraction/extraction-pool.ts';
import { hashFile } from '../../library/extraction/hash-file.ts';
import { nameInside } from '../../library/manifest/inside-path.ts';
import type { ManifestDocument } from '../../library/manifest/manifest-document.ts';
import type { LibrarySession } from '../library-session.ts';

/** Throws `path-not-readable` where the text is not kept and the file cannot be opened. A file without text that can be read has an empty one. */
export async function documentText(
  session: LibrarySession,
  document: ManifestDocument,
  limits: ExtractionLimits,
): Promise<DocumentText> {
  const { id, contentHash, path, container } = document;
  const shown = session.documents.shown(document);
  const kept = contentHash === null ? undefined : session.texts.get(id, contentHash);
  if (kept) return answer(shown, kept, await changedAt(document, limits.signal));
  if (document.state !== 'indexed' && document.state !== 'pending')
    return { document: shown, text: '', pages: [], headings: [], changedAt: null };
  const read = await session.extraction.extract(container?.path ?? path, limits);
  const extraction = container ? attachmentOf(read, nameInside(path, container.path)) : read;
  const outcome = session.withRecognised(extraction.outcome, extraction.contentHash ?? '');
  if (outcome.state !== 'indexed') {
    throw new AppError('path-not-readable', `${path} cannot be shown: ${outcome.reason}`);
  }
  const extracted = outcome.document;
  const isAsRead = contentHash === null || extraction.contentHash === contentHash;
  if (isAsRead && extraction.contentHash) session.texts.put(id, extraction.contentHash, extracted);
  return answer(shown, extracted, isAsRead ? null : await modifiedAt(container?.path ?? path));
}

/** A file that no longer holds it is one that has changed. */
function attachmentOf(
  { attachments = [] }: Extraction,
  name: string,
): Pick<Extraction, 'outcome' | 'contentHash'> {
  const reason = 'The file does not hold it any more; re-index to bring the library up to date.';
  return (
    attachments.find((one) => one.name === name) ?? {
      outcome: { state: 'failed', reason },
      contentHash: null,
    }
  );
}

function answer(
  document: Document,
  { text, pages, headings, recognisedPages }: ExtractedDocument,
  changed: number | null,
): DocumentText {
  return {
    document,
    text,
    pages,
    headings,
    ...(recognisedPages ? { recognisedPages } : {}),
    changedAt: changed,
  };
}

/** A file that is gone, or only touched, has not changed. */
async function changedAt(document: ManifestDocument, signal?: AbortSignal): Promise<number | null> {
  const stats = await stat(document.path).catch(() => null);
  const isSame = stats?.size === document.sizeBytes && Math.floor(stats.mtimeMs) === document.modifiedAt;
  if (!stats || isSame) return null;
  const hash = await hashFile(document.path, signal).catch(() => null);
  return hash === null || hash === document.contentHash ? null : Math.floor(stats.mtimeMs);
}

async function modifiedAt(path: string): Promise<number> {
  return await stat(path).then(
    ({ mtimeMs }) => Math.floor(mtimeMs),
    // Gone just after it was read.
    () => Date.now(),
  );
}
