/**
 * Watches a folder and all below it with one system watch for each folder, not for each file, since systems ration
 * them. It reports that something happened, never what; a tree that is not there yet is waited for.
 */

import { type FSWatcher, watch } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { errorCode } from '../../common/error-code.ts';
import { type Exclusion, isEntered } from './exclusion.ts';

export type TreeOptions = {
  onEvent: () => void;
  onError: (error: unknown) => void;
  /** What is not watched. */
  isLeftOut: Exclusion;
  /** How often to look whether the folder itself has gone or come back. */
  returnCheckMs: number;
};

/** macOS and Windows watch whole trees by themselves. */
const systemWatchesTrees = process.platform === 'darwin' || process.platform === 'win32';

export class TreeWatch {
  readonly #root: string;
  readonly #options: TreeOptions;
  readonly #watchers = new Map<string, FSWatcher>();
  #rootIdentity: string | null = null;
  #returnCheck: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(root: string, options: TreeOptions) {
    this.#root = root;
    this.#options = options;
  }

  /** Settles once all folders that are there are watched. */
  async start(): Promise<void> {
    await this.#addRoot(await identityOf(this.#root));
    if (this.#isClosed) return;
    this.#returnCheck = setInterval(() => void this.#lookForRoot(), this.#options.returnCheckMs);
    this.#returnCheck.unref();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#returnCheck);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** A disk that was unplugged comes back as another folder of the same name, and may do so without any event. */
  async #lookForRoot(): Promise<void> {
    const identity = await identityOf(this.#root);
    if (this.#isClosed || identity === this.#rootIdentity) return;
    for (const real of this.#watchers.keys()) this.#remove(real);
    await this.#addRoot(identity);
    this.#options.onEvent();
  }

  async #addRoot(identity: string | null): Promise<void> {
    this.#rootIdentity = identity;
    if (identity !== null) await this.#addFolder(this.#root);
  }

  async #addFolder(folder: string): Promise<void> {
    try {
      const real = await realpath(folder);
      if (!(await stat(real)).isDirectory()) return;
      // Asked for last: several events of a new folder each look at it, and all but one come too late.
      if (this.#isClosed || this.#watchers.has(real)) return;
      this.#watch(folder, real);
      if (systemWatchesTrees) return;
      for (const entry of await readdir(real, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isFile() || !this.#isWatched(path)) continue;
        await this.#addFolder(path);
      }
    } catch (error) {
      // Gone again, or never there: its coming back is an event of the folder above it.
      if (!isMissing(error)) this.#options.onError(error);
    }
  }

  #isWatched(path: string): boolean {
    const below = relative(this.#root, path).split(sep).join('/');
    return below === '' || isEntered(below, this.#options.isLeftOut);
  }

  #watch(folder: string, real: string): void {
    const watcher = watch(real, { persistent: false, recursive: systemWatchesTrees });
    this.#watchers.set(real, watcher);
    watcher.on('error', (error) => {
      this.#remove(real);
      if (!isMissing(error)) this.#options.onError(error);
    });
    watcher.on('change', (type, name) => {
      const path = name === null ? '' : String(name);
      if (!this.#isWatched(join(folder, path))) return;
      this.#options.onEvent();
      if (type === 'rename' && !systemWatchesTrees) void this.#onRename(folder, real, path);
    });
  }

  /** Something appeared in the folder or left it, or the folder itself is gone. */
  async #onRename(folder: string, real: string, name: string): Promise<void> {
    try {
      await stat(real);
    } catch {
      this.#remove(real);
      return;
    }
    if (name !== '') await this.#addFolder(join(folder, name));
  }

  #remove(real: string): void {
    this.#watchers.get(real)?.close();
    this.#watchers.delete(real);
  }
}

/** Tells a folder from another one that takes its place; null while there is none. */
const identityOf = async (folder: string): Promise<string | null> => {
  try {
    const { dev, ino } = await stat(folder);
    return `${dev}:${ino}`;
  } catch {
    // Whatever the reason, it cannot be watched now.
    return null;
  }
};

const isMissing = (error: unknown): boolean =>
  errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR';
