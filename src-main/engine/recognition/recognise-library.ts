/**
 * The job of text recognition: reads the pages that wait, one after another, and keeps what it finds by the hash of their document. It
 * writes nothing to the index; an index run puts the text of pages that are done into their documents. So it may be killed at any line,
 * and neither holds up the other.
 */
import { AppError } from '../../common/app-error.ts';
import type { RecognitionResult } from '../../contract/recognition/recognition.ts';
import { nameInside } from '../../library/manifest/inside-path.ts';
import type { ManifestDocument } from '../../library/manifest/manifest-document.ts';
import type { PageSource } from '../../library/recognition/recognised-page.ts';
import type { RecognitionThread } from '../../library/recognition/recognition-thread.ts';
import type { ReadSettings } from '../indexing/read-pending-documents.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import type { LanguageFiles } from './language-files.ts';
import { waitingDocuments } from './plan-recognition.ts';

/** What was read becomes findable at least so often. */
const indexIntervalMs = 60_000;

export type RecogniseParts = {
  thread: RecognitionThread;
  languageFiles: LanguageFiles;
  settings: ReadSettings;
  /** Asks for an index run; returns its job, or null where the caller sees to it. */
  index: () => string | null;
};

/** Throws `not-supported` where there is no language data, `model-invalid` where it cannot be used. */
export async function recogniseLibrary(
  session: LibrarySession,
  { thread, languageFiles, settings, index }: RecogniseParts,
  control: JobControl,
): Promise<RecognitionResult> {
  const languages = await languageFiles.installed();
  if (languages.length === 0) {
    throw new AppError(
      'not-supported',
      'There is no language data to recognise text with. Download some (llara languages download eng), then start again.',
    );
  }
  const startedAtMs = performance.now();
  const { read: waiting } = waitingDocuments(session);
  const total = waiting.reduce((sum, { pages }) => sum + pages.length, 0);
  const result: RecognitionResult = { pages: 0, withText: 0, failed: 0, seconds: 0, indexJobId: null };
  let done = 0;
  let indexedAtMs = startedAtMs;
  control.report('recognising', 0, total, 'pages', waiting[0]?.document.path);
  try {
    for (const { document, pages } of waiting) {
      const source = await sourceOf(session, document, settings, control.signal);
      const kind = document.kind === 'picture' ? 'picture' : 'pdf';
      for (const page of pages) {
        await control.checkpoint();
        const pageStartedAtMs = performance.now();
        const outcome = source
          ? await thread.recognise(
              {
                source,
                contentHash: document.contentHash!,
                kind,
                page,
                languages,
                directory: languageFiles.directory,
              },
              { timeoutMs: settings.timeoutMs, signal: control.signal },
            )
          : ({ state: 'changed', reason: 'It is not there any more.' } as const);
        if (outcome.state === 'unable') throw new AppError('model-invalid', outcome.reason);
        done += 1;
        control.report('recognising', done, total, 'pages', document.path);
        if (outcome.state === 'changed') {
          control.log(`${document.path} was passed over. ${outcome.reason}`);
          continue;
        }
        const seconds = (performance.now() - pageStartedAtMs) / 1000;
        const stored = outcome.state === 'read' ? { page: outcome.page } : { failure: outcome.reason };
        session.recognised.put(document.contentHash!, page, stored, { languages, seconds });
        result.pages += 1;
        if (outcome.state === 'failed') {
          result.failed += 1;
          control.log(`${document.path}, page ${page}: ${outcome.reason}`);
        } else if (outcome.page.text !== '') result.withText += 1;
      }
      if (result.pages > 0 && performance.now() - indexedAtMs > indexIntervalMs) {
        index();
        indexedAtMs = performance.now();
      }
    }
  } finally {
    thread.close();
  }
  result.seconds = (performance.now() - startedAtMs) / 1000;
  if (result.pages > 0) result.indexJobId = index();
  return result;
}

/** Null where the document is inside a file that does not hold it any more. */
async function sourceOf(
  { extraction }: LibrarySession,
  { path, container }: ManifestDocument,
  settings: ReadSettings,
  signal: AbortSignal,
): Promise<PageSource | null> {
  if (!container) return { path };
  const bytesOf = nameInside(path, container.path);
  const { attachmentBytes } = await extraction.extract(container.path, { ...settings, bytesOf, signal });
  return attachmentBytes ? { bytes: attachmentBytes } : null;
}
