/** Turns whatever a call threw into what a view shows: a sentence, and whether the engine itself is out of reach. */
import { ORPCError } from '@orpc/client';
import type { ErrorCode } from '../../src-main/contract/error-codes.ts';
import { strings } from '../strings.ts';

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof ORPCError) {
    const code = (error.data as { code?: unknown } | undefined)?.code;
    if (isErrorCode(code)) return { code, message: error.message };
    return {
      code: error.status === 502 || error.status === 503 ? 'engine-gone' : 'internal',
      message: error.message,
    };
  }
  // A TypeError is how fetch reports a host that does not answer.
  if (error instanceof TypeError) return { code: 'engine-gone', message: strings.engine.noAnswer };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) };
}

/** True for calls that were given up on purpose: their answer is not wanted, so nothing is shown. */
export function wasAborted(error: unknown, signal?: AbortSignal): boolean {
  return signal?.aborted === true || (error instanceof DOMException && error.name === 'AbortError');
}

/** The compiler keeps this list whole; importing the schema's own would bring the schema library into the page. */
const known: Record<ErrorCode, true> = {
  'bad-request': true,
  'not-found': true,
  conflict: true,
  cancelled: true,
  'library-locked': true,
  'library-corrupt': true,
  'read-only': true,
  unreachable: true,
  'access-denied': true,
  'path-not-readable': true,
  'model-missing': true,
  'model-invalid': true,
  'download-invalid': true,
  'adapter-mismatch': true,
  'native-library-missing': true,
  'native-library-mismatch': true,
  'out-of-memory': true,
  'disk-full': true,
  'engine-gone': true,
  'not-supported': true,
  internal: true,
};

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(known, code);
}
