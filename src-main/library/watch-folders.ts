/** Says that something changed in folders, not what: the next scan finds that out. Folders that vanish are waited for. */
import { basename } from 'node:path';
import { watch } from 'chokidar';

export type WatchOptions = {
  /** Changes closer together than this are one. */
  quietMs?: number;
  onError?: (error: unknown) => void;
};

export type FolderWatcher = {
  /** Settles once the folders have been taken in; changes before that may go unseen. */
  ready: Promise<void>;
  close: () => Promise<void>;
};

/** Calls `onChange` once things have been quiet for a while after a change, and at the latest after ten such whiles. */
export const watchFolders = (
  paths: readonly string[],
  onChange: () => void,
  options: WatchOptions = {},
): FolderWatcher => {
  const quietMs = options.quietMs ?? 1500;
  let timer: NodeJS.Timeout | undefined;
  let firstChangeAtMs = 0;
  const roots = new Set(paths);
  const watcher = watch([...paths], {
    ignoreInitial: true,
    ignorePermissionErrors: true,
    ignored: (path) =>
      !roots.has(path) && (basename(path).startsWith('.') || basename(path) === 'node_modules'),
  });
  const fire = () => {
    timer = undefined;
    onChange();
  };
  watcher.on('all', () => {
    const nowMs = performance.now();
    if (timer === undefined) firstChangeAtMs = nowMs;
    clearTimeout(timer);
    const waitMs = Math.max(0, Math.min(quietMs, firstChangeAtMs + 10 * quietMs - nowMs));
    timer = setTimeout(fire, waitMs);
  });
  // A system that grants no more watches still has scans; search must not suffer.
  watcher.on('error', (error) => options.onError?.(error));
  const ready = new Promise<void>((resolve) => watcher.once('ready', resolve));
  return {
    ready,
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
};
