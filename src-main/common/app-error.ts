/** The one error class for failures that a person can act on. Unexpected failures stay what they are. */
import type { ErrorCode } from '../contract/error-codes.ts';

/** `message` says what failed, on which file, model or device, and what to do next. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}
