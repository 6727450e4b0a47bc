/** A folder of model files: what lies in it, and how a person's own file comes into it. */
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import { placeModel } from './place-model.ts';

/** In order; none where the folder is not there. Downloads that are not finished do not count. */
export async function ggufFilesBelow(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true });
    return entries
      .filter((entry) => entry.endsWith('.gguf') && !entry.startsWith('downloads'))
      .sort()
      .map((entry) => join(directory, entry));
  } catch {
    // The folder is made with the first import.
    return [];
  }
}

/** Returns where the copy is, which may have been there before. Throws `path-not-readable` or `disk-full`. */
export async function copyModelInto(directory: string, path: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const part = join(directory, `${randomUUID()}.part`);
  try {
    await copyFile(path, part);
    return await placeModel(part, directory, basename(path));
  } catch (cause) {
    await rm(part, { force: true });
    const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
    const code = isFull ? 'disk-full' : 'path-not-readable';
    throw new AppError(code, `${path} could not be copied to ${directory}.`, { cause });
  }
}
