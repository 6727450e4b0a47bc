/**
 * Decides whether a path may go to the system's programs: only a document kind the product reads, below a folder that
 * a library holds. Opening anything else could run a program, so it is refused.
 */
import { isAbsolute, normalize, relative } from 'node:path';

export type OpenDecision = { type: 'allowed'; path: string } | { type: 'refused'; reason: string };

const documentSuffixes =
  /\.(pdf|md|markdown|txt|text|log|rst|org|tex|csv|tsv|json|ya?ml|html?|xhtml|docx|eml|epub|odt|rtf)$/i;

/** `folders` are the absolute paths of all libraries' folders. Showing in the file manager allows every kind of file. */
export function mayOpenDocument(
  path: string,
  folders: readonly string[],
  use: 'open' | 'reveal',
): OpenDecision {
  if (!isAbsolute(path) || path.includes('\0')) {
    return { type: 'refused', reason: 'The path of the document is not complete.' };
  }
  const clean = normalize(path);
  if (!folders.some((folder) => isBelow(clean, folder))) {
    return { type: 'refused', reason: `${clean} is in none of the folders that are searched.` };
  }
  if (use === 'open' && !documentSuffixes.test(clean)) {
    return { type: 'refused', reason: `${clean} is not a kind of document that is opened from here.` };
  }
  return { type: 'allowed', path: clean };
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(normalize(folder), path);
  return way === '' || (!isAbsolute(way) && way.split(/[/\\]/)[0] !== '..');
}
