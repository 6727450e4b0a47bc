/** The content hash of a file, by which it is recognised after a move or a change of its date alone. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../common/app-error.ts';
import { isPlaceholder, placeholderReason } from '../watching/cloud-placeholder.ts';

/** SHA-256 of the file's bytes in hex. Rejects with the file system's error, and for a file that would have to be downloaded. */
export const hashFile = async (path: string, signal?: AbortSignal): Promise<string> => {
  if (isPlaceholder(await stat(path))) throw new AppError('path-not-readable', placeholderReason);
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash, { signal });
  return hash.digest('hex');
};
