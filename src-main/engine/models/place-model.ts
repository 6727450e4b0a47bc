/**
 * Puts a finished model file where models are kept: in a folder named by its content, under the name it came with. Two different
 * files of one name stand side by side so, and a file that is in use is never written over.
 */
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hashFile } from '../../library/extraction/hash-file.ts';
import { modelId } from './model-file.ts';

/** Takes the file at `part` away. Returns where it is now: if the same content was there before, that file. */
export async function placeModel(part: string, directory: string, fileName: string): Promise<string> {
  const target = join(directory, modelId(await hashFile(part)), basename(fileName));
  await mkdir(dirname(target), { recursive: true });
  try {
    await rename(part, target);
  } catch (error) {
    // Windows lets no open file be replaced; the one that is there holds the same bytes.
    const present = await hashFile(target).catch(() => null);
    if (present === null) throw error;
    await rm(part, { force: true });
  }
  return target;
}
