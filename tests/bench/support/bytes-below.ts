/** Bytes of all files below a folder. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export function bytesBelow(directory: string): number {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
