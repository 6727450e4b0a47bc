/**
 * Asks for index jobs when something changes in a watched folder, which find out what has changed: one that makes the words of changed files
 * findable, soon, and when no more changes come, one for their vectors and the order of the tables.
 */
import { errorCode } from '../common/error-code.ts';
import { leftOutByName } from '../library/watching/exclusion.ts';
import { ChangeGatherer } from '../library/watching/gather-changes.ts';
import { watchFolders } from '../library/watching/watch-folders.ts';
import type { IndexPart } from './indexing/index-library.ts';
import type { LibrarySession } from './library-session.ts';

type Watcher = { watched: string; close: () => void };

/** Has one part of an index run made, and says how many milliseconds that took. */
type RunPart = (library: string, part: IndexPart) => Promise<number>;

/** `restFactor` times what the last run took passes between runs where changes never cease: a third of the time is the words', a quarter the rest's. */
type Pace = { quietMs: number; shortestRestMs: number; restFactor: number };
const wordsPace: Pace = { quietMs: 300, shortestRestMs: 500, restFactor: 2 };
const restPace: Pace = { quietMs: 1000, shortestRestMs: 3000, restFactor: 3 };
const longestRestMs = 15_000;

export class FolderWatch {
  readonly #run: RunPart;
  readonly #watchers = new Map<string, Watcher>();
  #isFollowing = false;

  constructor(run: RunPart) {
    this.#run = run;
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
      const { name } = session;
      const gatherers = [
        this.#gather(wordsPace, () => this.#run(name, 'words')),
        this.#gather(restPace, (isQuiet) => this.#run(name, isQuiet ? 'rest' : 'vectors')),
      ];
      const onChange = () => {
        for (const gatherer of gatherers) gatherer.note();
      };
      const watcher = watchFolders(folders, onChange, {
        isFile: (path) => all.some((folder) => folder.path === path && folder.isFile),
        leftOutOf: (path) => leftOutByName(all.find((folder) => folder.path === path)?.exclude ?? []),
        onError: (path, error) => {
          if (session.isClosed) return;
          session.folders.setWatchProblem(path, watchProblem(error));
          session.changed();
        },
      });
      const close = () => {
        watcher.close();
        for (const gatherer of gatherers) gatherer.close();
      };
      this.#watchers.set(name, { watched, close });
    }
  }

  #gather(
    { quietMs, shortestRestMs, restFactor }: Pace,
    run: (isQuiet: boolean) => Promise<number>,
  ): ChangeGatherer {
    let tookMs = 0;
    const onChange = async (isQuiet: boolean) => {
      tookMs = await run(isQuiet);
    };
    return new ChangeGatherer((isQuiet) => void onChange(isQuiet), {
      quietMs,
      latestMs: () => Math.min(longestRestMs, Math.max(shortestRestMs, restFactor * tookMs)),
    });
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
