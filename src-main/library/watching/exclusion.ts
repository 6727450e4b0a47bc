/** What a scan of a folder leaves out: by its name, by the globs given for the folder, and by the `.llaraignore` in it. */
import { readdir, readFile } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';
import { isSkippedName } from './skipped-names.ts';

/** Whether the file or folder at `relativePath`, with `/`, is left out. It looks at the whole path, not at the folders above it. */
export type Exclusion = (relativePath: string) => boolean;

/** Rejects with the file system's error where the folder `root` cannot be read. */
export const readExclusion = async (root: string, exclude: readonly string[]): Promise<Exclusion> => {
  const globs = [...exclude, ...(await ignoreFile(root))].map(toGlob).filter((glob) => glob !== null);
  return (relativePath) => {
    const name = relativePath.slice(relativePath.lastIndexOf('/') + 1);
    return isSkippedName(name) || globs.some((glob) => matchesGlob(relativePath, glob));
  };
};

/** Whether a scan would enter the folder: neither it nor a folder above it is left out. */
export const isEntered = (relativePath: string, isExcluded: Exclusion): boolean => {
  const names = relativePath.split('/');
  return names.every((_, index) => !isExcluded(names.slice(0, index + 1).join('/')));
};

/**
 * The same exclusion as seen from a folder above: `below` is the path from that one to this, with `/`. Globs know no escape on every
 * system, so a letter of the path that means something in one stands for any letter.
 */
export const excludeFromAbove = (pattern: string, below: string): string | null => {
  const glob = toGlob(pattern);
  return glob === null ? null : `${below.replace(/[[\]{}()*!+@\\]/g, '?')}/${glob}`;
};

/** One pattern a line, as in `exclude`; lines that begin with `#` are remarks. */
const ignoreFile = async (root: string): Promise<string[]> => {
  if (!(await readdir(root)).includes('.llaraignore')) return [];
  const lines = (await readFile(join(root, '.llaraignore'), 'utf8')).split(/\r?\n/);
  return lines.filter((line) => !line.startsWith('#'));
};

/** A pattern without `/` matches a name at any depth; one that matches a folder leaves out everything below it. */
const toGlob = (pattern: string): string | null => {
  const trimmed = pattern
    .trim()
    .replace(/^\.?\//, '')
    .replace(/\/(\*\*)?$/, '');
  if (trimmed === '') return null;
  return trimmed.includes('/') ? trimmed : `**/${trimmed}`;
};
