/**
 * A path as a person types it, against the paths that the library keeps: those are real ones, in the letters of the disk, while a person may
 * come over a link, type small letters where the system does not care, or name a document inside a file.
 */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { isSamePath } from '../common/paths/is-same-path.ts';

/** Every path that may be meant, the likeliest last. */
export const pathsMeant = (typed: string): string[] => [...new Set([typed, resolve(typed), realPath(typed)])];

export const isMeant = (path: string, meant: readonly string[]): boolean =>
  meant.some((one) => isSamePath(one, path));

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path); // Gone from the disk, or inside a file.
  }
}
