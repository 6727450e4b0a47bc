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

export function describeFailure(error: unknown): Pick<JobFailure, 'message' | 'retryable'> {
  if (error instanceof AppError) return { message: error.message, retryable: !hopeless.has(error.code) };
  if (isSystemError(error, 'ENOSPC')) {
    return { message: 'The disk is full. Free some space, then try again.', retryable: true };
  }
  return { message: error instanceof Error ? error.message : String(error), retryable: true };
}

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
