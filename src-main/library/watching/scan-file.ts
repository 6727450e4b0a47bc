/** The scan of an entry that is a single file: nothing leaves it out, whatever it is called, since a person has asked for it by name. */
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FoundFile } from '../manifest/manifest-document.ts';
import { hasPlaceholder, isPlaceholder } from './cloud-placeholder.ts';

/** What is known of a file that is there. Whole milliseconds survive every store unchanged. */
export function foundFile(path: string, relativePath: string, stats: Stats): FoundFile {
  const file = { path, relativePath, sizeBytes: stats.size, modifiedAt: Math.floor(stats.mtimeMs) };
  return isPlaceholder(stats) ? { ...file, isPlaceholder: true } : file;
}

/** Nothing where the file is gone. */
export async function* scanFile(path: string): AsyncGenerator<FoundFile> {
  const relativePath = basename(path);
  const stats = await stat(path).catch(() => null);
  if (stats?.isFile()) {
    yield foundFile(path, relativePath, stats);
  } else if (stats === null && (await hasPlaceholder(path))) {
    yield { path, relativePath, sizeBytes: 0, modifiedAt: 0, isPlaceholder: true };
  }
}
