/**
 * Walks a folder and names the files in it. It opens no file; what cannot be read is reported and passed over. Hidden
 * files, version control, installed packages and the like are left out, and what a `.llaraignore` in the folder names; what Git
 * ignores is left out where that is asked for.
 */

import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import { errorCode } from '../../common/error-code.ts';
import type { SkipRule } from '../../contract/libraries.ts';
import type { FoundFile } from '../manifest/manifest-document.ts';
import { buildOutputs } from './build-outputs.ts';
import { nameOfPlaceholder } from './cloud-placeholder.ts';
import { deadDocumentLink } from './dead-link.ts';
import { type Exclusion, readExclusion } from './exclusion.ts';
import { type FolderIgnore, isGitignored, withGitignore } from './gitignore.ts';
import { foundFile } from './scan-file.ts';

export type ScanOptions = {
  /**
   * Globs of what to leave out, relative to the folder, with `/`. A pattern without `/` matches a name at any depth; one
   * that matches a folder leaves out everything below it.
   */
  exclude?: readonly string[];
  /** Leave out what the `.gitignore` files in the folder name. */
  followGitignore?: boolean;
  /** Told of each file and folder that is left out. */
  onSkipped?: (skipped: Skipped) => void;
  /** Said in words for a person about each thing that could not be read. */
  onNotice?: (notice: string) => void;
  /** Folders below the scanned one that could not be read: what was known of them should be kept. */
  onUnreadable?: (path: string) => void;
  signal?: AbortSignal;
};

/** `name` is the name or the pattern by which something is left out. */
export type Skipped = { rule: SkipRule; name: string; path: string; isFolder: boolean };

/** Whether patterns ask for what `.gitignore` files name to be left out. No pattern could mean that hidden file itself. */
export const followsGitignore = (exclude: readonly string[]): boolean => exclude.includes('.gitignore');

/** Regular files, depth first and sorted by name. Throws `path-not-readable` if the folder itself cannot be read. */
export async function* scanFolder(path: string, options: ScanOptions = {}): AsyncGenerator<FoundFile> {
  let root: string;
  let isExcluded: Exclusion;
  try {
    root = await realpath(path);
    isExcluded = await readExclusion(root, options.exclude ?? []);
  } catch (cause) {
    throw new AppError('path-not-readable', `${path} cannot be read (${describe(cause)}).`, { cause });
  }
  yield* walk(path, { root: path, isExcluded, visited: new Set([root]), options }, []);
}

type Walk = {
  root: string;
  isExcluded: Exclusion;
  /** Real paths of the folders entered so far: a link back to one of them is not followed. */
  visited: Set<string>;
  options: ScanOptions;
};

async function* walk(folder: string, state: Walk, outer: readonly FolderIgnore[]): AsyncGenerator<FoundFile> {
  const { options } = state;
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    options.onNotice?.(`${folder} cannot be read (${describe(error)}); it was passed over.`);
    options.onUnreadable?.(folder);
    return;
  }
  const ignoring = options.followGitignore ? await withGitignore(folder, entries, state.root, outer) : outer;
  const built = buildOutputs(entries.map(({ name }) => name));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    options.signal?.throwIfAborted();
    const cloudName = nameOfPlaceholder(entry.name);
    const path = join(folder, cloudName ?? entry.name);
    const relativePath = relative(state.root, path).split(sep).join('/');
    const leftOut = whyLeftOut(entry, relativePath, { isExcluded: state.isExcluded, ignoring, built });
    if (leftOut) {
      options.onSkipped?.({ ...leftOut, path, isFolder: entry.isDirectory() });
      continue;
    }
    if (cloudName !== null) {
      yield* visitPlaceholder(path, relativePath, join(folder, entry.name));
      continue;
    }
    if (entry.isDirectory() || entry.isSymbolicLink() || entry.isFile())
      yield* visit(path, relativePath, state, ignoring);
  }
}

async function* visit(
  path: string,
  relativePath: string,
  state: Walk,
  ignoring: readonly FolderIgnore[],
): AsyncGenerator<FoundFile> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) {
      yield foundFile(path, relativePath, stats);
      return;
    }
    if (!stats.isDirectory()) return;
    const real = await realpath(path);
    if (state.visited.has(real)) return;
    state.visited.add(real);
  } catch (error) {
    if (isMissing(error)) {
      const link = await deadDocumentLink(path, relativePath);
      if (link) yield link;
      return;
    }
    state.options.onNotice?.(`${path} cannot be read (${describe(error)}); it was passed over.`);
    state.options.onUnreadable?.(path);
    return;
  }
  yield* walk(path, state, ignoring);
}

async function* visitPlaceholder(
  path: string,
  relativePath: string,
  placeholder: string,
): AsyncGenerator<FoundFile> {
  const stats = await stat(placeholder).catch(() => null);
  if (!stats?.isFile()) return;
  yield { path, relativePath, sizeBytes: 0, modifiedAt: Math.floor(stats.mtimeMs), isPlaceholder: true };
}

const whyLeftOut = (
  entry: Dirent,
  relativePath: string,
  rules: { isExcluded: Exclusion; ignoring: readonly FolderIgnore[]; built: ReadonlySet<string> },
): Pick<Skipped, 'rule' | 'name'> | null => {
  const leftOut = rules.isExcluded(relativePath, entry.isDirectory() ? rules.built : undefined);
  if (leftOut) return leftOut;
  return isGitignored(relativePath, entry.isDirectory(), rules.ignoring)
    ? { rule: 'gitignore', name: '.gitignore' }
    : null;
};

/** Gone between listing and looking, or a link that leads nowhere. */
const isMissing = (error: unknown): boolean => errorCode(error) === 'ENOENT' || errorCode(error) === 'ELOOP';

const describe = (error: unknown): string => {
  const reasons: Record<string, string> = {
    EACCES: 'no permission',
    EPERM: 'no permission',
    ENOENT: 'it is not there',
    ENOTDIR: 'it is no folder',
  };
  const code = String(errorCode(error) ?? error);
  return reasons[code] ?? code;
};
