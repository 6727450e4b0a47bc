/**
 * Names of every failure a caller can meet. They are part of the protocol: a code never changes its meaning,
 * and the far side rebuilds an error from `code`, `message` and `data` alone.
 */
import { z } from 'zod';

export const errorCodes = [
  'bad-request',
  'not-found',
  'conflict',
  'cancelled',
  'library-locked',
  'library-corrupt',
  'read-only',
  'unreachable',
  'access-denied',
  'path-not-readable',
  'model-missing',
  'model-invalid',
  'download-invalid',
  'adapter-mismatch',
  'native-library-missing',
  'native-library-mismatch',
  'out-of-memory',
  'disk-full',
  'engine-gone',
  'not-supported',
  'internal',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;
