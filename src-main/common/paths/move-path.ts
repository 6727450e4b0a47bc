import { posix, win32 } from 'node:path';

/** Where a path below the folder `from` is once that folder is at `to`. Each may be of another system, told by its looks; `from` may be a whole disk. */
export function movePath(path: string, from: string, to: string): string {
  const names = path
    .slice(from.length)
    .split(styleOf(from).sep)
    .filter((name) => name !== '');
  return styleOf(to).join(to, ...names);
}

/** Of Windows where it begins with a letter of a disk or the name of a server. */
export const styleOf = (path: string): typeof posix => (/^([A-Za-z]:[\\/]|\\\\)/.test(path) ? win32 : posix);
