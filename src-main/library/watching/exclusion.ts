/**
 * What a scan of a folder leaves out: by its name, by the globs given for the folder, and by the `.llaraignore` in it. A pattern that
 * begins with `!` takes back what a name alone would leave out: `!node_modules`.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';
import { type SkipReason, skipReason } from './skipped-names.ts';

/** Why something is left out, and the name or pattern that says so; patterns of a `.llaraignore` go by that name. */
export type LeftOut = { rule: SkipReason | 'excluded'; name: string };

/**
 * Null for what is scanned. It looks at `relativePath`, with `/`, as a whole, and not at the folders above it. `built` are the names beside it
 * that are a tool's outputs, where that is known.
 */
export type Exclusion = (relativePath: string, built?: ReadonlySet<string>) => LeftOut | null;

const ignoreFileName = '.llaraignore';

/** Rejects with the file system's error where the folder `root` cannot be read. */
export const readExclusion = async (root: string, exclude: readonly string[]): Promise<Exclusion> => {
  const inFile = await ignoreFile(root);
  const byName = leftOutByName([...exclude, ...inFile]);
  const own = exclude.flatMap((pattern) => matcherOf(pattern, pattern));
  const others = inFile.flatMap((pattern) => matcherOf(pattern, ignoreFileName));
  const matchers = [...own, ...others];
  return (relativePath, built) => {
    const named = byName(relativePath, built);
    if (named) return named;
    const matcher = matchers.find(({ matches }) => matches(relativePath));
    return matcher ? { rule: 'excluded', name: matcher.name } : null;
  };
};

/** The part of the exclusion that needs no look at the disk: names that are left out, unless `exclude` takes them back. */
export const leftOutByName = (exclude: readonly string[]): Exclusion => {
  const wanted = exclude
    .filter(isTakenBack)
    .flatMap((pattern) => matcherOf(pattern.trim().slice(1), pattern));
  return (relativePath, built) => {
    const name = lastName(relativePath);
    const rule = skipReason(name) ?? (built?.has(name) ? 'build-output' : null);
    if (!rule || wanted.some(({ matches }) => matches(relativePath))) return null;
    return { rule, name };
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
  if (isTakenBack(pattern)) {
    const inner = excludeFromAbove(pattern.trim().slice(1), below);
    return inner === null ? null : `!${inner}`;
  }
  const glob = toGlob(pattern);
  return glob === null ? null : `${below.replace(/[[\]{}()*!+@\\]/g, '?')}/${glob}`;
};

const isTakenBack = (pattern: string): boolean => pattern.trim().startsWith('!');

const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** One pattern a line, as in `exclude`; lines that begin with `#` are remarks. */
const ignoreFile = async (root: string): Promise<string[]> => {
  if (!(await readdir(root)).includes(ignoreFileName)) return [];
  const lines = (await readFile(join(root, ignoreFileName), 'utf8')).split(/\r?\n/);
  return lines.filter((line) => !line.startsWith('#'));
};

type Matcher = { name: string; matches: (relativePath: string) => boolean };

/** None for a pattern that says nothing, or that takes back. */
const matcherOf = (pattern: string, name: string): Matcher[] => {
  const glob = isTakenBack(pattern) ? null : toGlob(pattern);
  if (glob === null) return [];
  // Globs with `**` pass hidden folders by; the name alone is the same below one. macOS writes an é as two letters, and a person as one.
  const nameGlob = /^\*\*\/([^/]+)$/.exec(glob)?.[1];
  const wanted = (nameGlob ?? glob).normalize('NFC');
  const matches = (relativePath: string) =>
    matchesGlob((nameGlob ? lastName(relativePath) : relativePath).normalize('NFC'), wanted);
  return [{ name, matches }];
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
