/** Turns whatever a job threw into words for a person, and says whether trying again makes sense. */
import { AppError } from '../../common/app-error.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';
import type { JobFailure } from '../../contract/jobs.ts';

const hopeless = new Set<ErrorCode>([
  'bad-request',
  'not-supported',
  'adapter-mismatch',
  'native-library-mismatch',
]);

export function describeFailure(error: unknown): Omit<JobFailure, 'phase'> {
  if (error instanceof AppError) {
    const { code, message } = error;
    return { code, message, retryable: !hopeless.has(code) };
  }
  if (isDiskFull(error)) {
    const message = 'The disk is full. Free some space, then try again.';
    return { code: 'disk-full', message, retryable: true };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, retryable: true };
}

const sqliteFull = 13;

function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error) return (Number(error.errcode) & 0xff) === sqliteFull;
  return 'code' in error && error.code === 'ENOSPC';
}
