/**
 * Decides whether a path may go to the system's programs: only a document kind the product reads, below a folder that
 * a library holds. Opening anything else could run a program, so it is refused.
 */
import { extname, isAbsolute, normalize, relative } from 'node:path';
import { formats } from '../../contract/formats.ts';

export type OpenDecision = { type: 'allowed'; path: string } | { type: 'refused'; reason: string };

const opened = new Set(
  formats
    .filter(({ mayOpen }) => mayOpen)
    .flatMap(({ extensions, neverOpened = [] }) =>
      extensions.filter((extension) => !neverOpened.includes(extension)),
    ),
);

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
  if (use === 'open' && !opened.has(extname(clean).slice(1).toLowerCase())) {
    return { type: 'refused', reason: `${clean} is not a kind of document that is opened from here.` };
  }
  return { type: 'allowed', path: clean };
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(normalize(folder), path);
  return way === '' || (!isAbsolute(way) && way.split(/[/\\]/)[0] !== '..');
}
