/** Turns what LanceDB throws into failures that a person can act on. */
import { AppError } from '../common/app-error.ts';
import { sharedError, withoutSecrets } from './storage/shared-error.ts';

/** `what` says what was being done, e.g. `reading the table 1a2b of /home/…/vectors`. */
export function storeError(error: unknown, what: string): AppError {
  if (error instanceof AppError) return error;
  const shared = sharedError(error, what);
  if (shared) return shared;
  const reason = withoutSecrets(firstLine(error));
  if (/No space left|os error 28|StorageFull|os error 112/i.test(reason)) {
    return new AppError('disk-full', `The disk is full (${what}). Free some space and try again.`, {
      cause: error,
    });
  }
  if (/Permission denied|Access is denied|Too many open files|os error (5|13|24)\b/i.test(reason)) {
    return new AppError(
      'path-not-readable',
      `The search index cannot be read just now (${what}): ${reason} Check the permissions of the folder, or close other programs, and start again.`,
      { cause: error },
    );
  }
  // LanceDB's words for a call it does not understand: our mistake, not the table's.
  if (/Invalid (user )?input/i.test(reason)) {
    return new AppError('internal', `The search index refused a request (${what}): ${reason}`, {
      cause: error,
    });
  }
  return new AppError(
    'library-corrupt',
    `The search index cannot be used (${what}): ${reason} Your documents are not affected. Index the library again to rebuild it.`,
    { cause: error },
  );
}

/** LanceDB's messages carry source lines and back traces; a person needs the first sentence. */
function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = (message.split('\n')[0] ?? '').split(/, \/|, src\//)[0] ?? '';
  return line.length > 300 ? `${line.slice(0, 300)}…` : `${line}.`;
}
