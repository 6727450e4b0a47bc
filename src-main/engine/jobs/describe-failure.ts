/** Turns whatever a job threw into words for a person, and says whether trying again makes sense. */

import { AppError } from '../../common/app-error.ts';
import { errorCode } from '../../common/error-code.ts';
import type { ErrorCode } from '../../contract/error-codes.ts';
import type { JobFailure } from '../../contract/jobs.ts';
import { isFull, isUnwritable } from '../../library/manifest/sqlite/migrate-database.ts';

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
  if (isNotWritable(error)) {
    const message = `The data folder cannot be written to (${(error as Error).message}). Make it writable, then try again.`;
    return { code: 'path-not-readable', message, retryable: true };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, retryable: true };
}

const hasCode = (error: unknown, ...codes: string[]): boolean => codes.includes(errorCode(error) ?? '');

const isDiskFull = (error: unknown): boolean => isFull(error) || hasCode(error, 'ENOSPC', 'EDQUOT');

const isNotWritable = (error: unknown): boolean =>
  isUnwritable(error) || hasCode(error, 'EROFS', 'EACCES', 'EPERM');
