/**
 * Finds the file of another thread's or process's entry. The sources run as they are (`x.ts` beside its importer); a
 * bundle flattens all entries into one folder as `x.js`. It does not check that the file exists.
 */
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Absolute path of the entry `sibling` (such as `./extraction-worker.ts`), seen from `importerUrl`, which is the
 * importer's `import.meta.url`. In a bundle every entry lies as `NAME.js` in the output folder, whose `chunks/`
 * may hold the importer.
 */
export const entryPath = (importerUrl: string, sibling: string): string => {
  const importer = fileURLToPath(importerUrl);
  const folder = dirname(importer);
  if (importer.endsWith('.ts')) return join(folder, sibling);
  const output = basename(folder) === 'chunks' ? dirname(folder) : folder;
  return join(output, `${basename(sibling, '.ts')}.js`);
};
