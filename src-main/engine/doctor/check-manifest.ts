/** Whether SQLite finds the library's manifest whole. What is in it cannot be made again, so nothing is mended here. */
import type { LibraryCheck } from './library-check.ts';

export const checkManifest: LibraryCheck = {
  check: 'manifest',
  find: ({ documents, directory }) =>
    documents.damages().map((damage) => ({
      message: `The manifest in ${directory} is damaged (${damage}). Restore it from a backup, or move the folder away and add your folders again.`,
    })),
};
