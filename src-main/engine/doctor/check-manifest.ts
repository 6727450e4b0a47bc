/**
 * Checks whether SQLite finds the manifest of a library intact. What it holds cannot be made again, so nothing is
 * repaired here.
 */
import type { LibraryCheck } from './library-check.ts';

export const checkManifest: LibraryCheck = {
  check: 'manifest',
  find: ({ documents, directory }) =>
    documents.damages().map((damage) => ({
      message: `The manifest in ${directory} is damaged (${damage}). Restore it from a backup, or move the folder away and add your folders again.`,
    })),
};
