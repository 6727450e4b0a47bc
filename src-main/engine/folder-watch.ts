/** Asks for an index job when something changes in a watched folder. The job finds out what has changed. */
import { errorCode } from '../common/error-code.ts';
import { leftOutByName } from '../library/watching/exclusion.ts';
import { watchFolders } from '../library/watching/watch-folders.ts';
import type { LibrarySession } from './library-session.ts';

type Watcher = { watched: string; close: () => void };

/** Where changes never cease, runs take a quarter of the time at most, and a small library's changes are found within about a second. */
const restFactor = 3;
const shortestRestMs = 1000;
const longestRestMs = 15_000;

export class FolderWatch {
  readonly #onChange: (library: string) => Promise<number>;
  readonly #watchers = new Map<string, Watcher>();
  /** Of each library's last run that was asked for here. */
  readonly #runMs = new Map<string, number>();
  #isFollowing = false;

  /** `onChange` is to have the library's folders looked through, and says how many milliseconds that took. */
  constructor(onChange: (library: string) => Promise<number>) {
    this.#onChange = onChange;
  }

  /** Watches exactly the folders the libraries have now; cheap when nothing changed. */
  start(sessions: readonly LibrarySession[]): void {
    this.#isFollowing = true;
    this.follow(sessions);
  }

  follow(sessions: readonly LibrarySession[]): void {
    if (!this.#isFollowing) return;
    const names = new Set(sessions.map((session) => session.name));
    for (const [name, watcher] of this.#watchers) {
      if (names.has(name)) continue;
      watcher.close();
      this.#watchers.delete(name);
    }
    for (const session of sessions) {
      // Its folders are on another machine.
      if (session.isReadOnly) continue;
      const all = session.folders.list();
      const folders = all.map((folder) => folder.path);
      const watched = JSON.stringify(all.map(({ path, exclude }) => [path, exclude]));
      const current = this.#watchers.get(session.name);
      if (current?.watched === watched) continue;
      current?.close();
      for (const path of folders) session.folders.setWatchProblem(path, null);
      const { close } = watchFolders(folders, () => void this.#report(session.name), {
        latestMs: () => this.#restMs(session.name),
        isFile: (path) => all.some((folder) => folder.path === path && folder.isFile),
        leftOutOf: (path) => leftOutByName(all.find((folder) => folder.path === path)?.exclude ?? []),
        onError: (path, error) => {
          if (session.isClosed) return;
          session.folders.setWatchProblem(path, watchProblem(error));
          session.changed();
        },
      });
      this.#watchers.set(session.name, { watched, close });
    }
  }

  async #report(library: string): Promise<void> {
    this.#runMs.set(library, await this.#onChange(library));
  }

  #restMs(library: string): number {
    const wanted = restFactor * (this.#runMs.get(library) ?? 0);
    return Math.min(longestRestMs, Math.max(shortestRestMs, wanted));
  }

  close(): void {
    this.#isFollowing = false;
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }
}

/** One folder in words; the others are watched all the same. */
function watchProblem(error: unknown): string {
  const code = errorCode(error) ?? String(error);
  if (code === 'ENOSPC' || code === 'EMFILE') {
    return 'The system grants no more watches of folders, so changes in this one are found only when it is indexed again. On Linux, raise fs.inotify.max_user_watches.';
  }
  return `Changes in this folder are found only when it is indexed again: the system does not report them (${code}).`;
}
