/** Follows `.gitignore` files as Git does: each counts for its folder and below, an inner one over an outer one. */
import type { Dirent } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

export type FolderIgnore = {
  /** Path of the folder below the scanned one, with `/` at its end; empty for the scanned one. */
  prefix: string;
  rules: Ignore;
};

/** `outer` and what the folder itself adds. A file that cannot be read adds nothing. */
export const withGitignore = async (
  folder: string,
  entries: readonly Dirent[],
  root: string,
  outer: readonly FolderIgnore[],
): Promise<readonly FolderIgnore[]> => {
  if (!entries.some(({ name }) => name === '.gitignore')) return outer;
  const lines = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '');
  const below = relative(root, folder).split(sep).join('/');
  return [...outer, { prefix: below === '' ? '' : `${below}/`, rules: ignore().add(lines) }];
};

/** The innermost file that says something of the path decides, be it for or against. */
export const isGitignored = (
  relativePath: string,
  isFolder: boolean,
  ignoring: readonly FolderIgnore[],
): boolean => {
  for (const { prefix, rules } of ignoring.toReversed()) {
    const path = relativePath.slice(prefix.length) + (isFolder ? '/' : '');
    const { ignored, unignored } = rules.test(path);
    if (ignored || unignored) return ignored;
  }
  return false;
};
