/**
 * Says that something changed in folders or single files, not what: the next scan finds that out. Folders that vanish are waited for. A
 * file is watched by the folder that it is in: programs save by putting another file in its place.
 */
import { dirname, join } from 'node:path';
import { isSamePath } from '../../common/paths/is-same-path.ts';
import { type Exclusion, leftOutByName } from './exclusion.ts';
import { TreeWatch } from './watch-tree.ts';

export type WatchOptions = {
  /** How often to look for folders that are not there. */
  returnCheckMs?: number;
  /** Whether a path is that of a single file; none is, if left out. */
  isFile?: (path: string) => boolean;
  /** What is not watched in a folder; by default, what is left out of every scan. */
  leftOutOf?: (path: string) => Exclusion;
  /** A folder that cannot be watched, such as when the system grants no more watches; the others still are. */
  onError?: (path: string, error: unknown) => void;
};

export type FolderWatcher = {
  /** Settles once the folders have been taken in; changes before that may go unseen. */
  ready: Promise<void>;
  /** Nothing is reported afterwards. */
  close: () => void;
};

/** Calls `onChange` at each change; `ChangeGatherer` makes one of many. */
export const watchFolders = (
  paths: readonly string[],
  onChange: () => void,
  options: WatchOptions = {},
): FolderWatcher => {
  const returnCheckMs = options.returnCheckMs ?? 10_000;
  let isClosed = false;
  const onEvent = () => {
    // A tree that is being taken in when it is closed still comes to the end of that.
    if (!isClosed) onChange();
  };
  const trees = paths.map((path) => {
    const onError = (error: unknown) => {
      if (!isClosed) options.onError?.(path, error);
    };
    const isFile = options.isFile?.(path) ?? false;
    const isLeftOut = isFile ? allBut(path) : (options.leftOutOf?.(path) ?? leftOutByName([]));
    return new TreeWatch(isFile ? dirname(path) : path, { onEvent, onError, isLeftOut, returnCheckMs });
  });
  return {
    ready: Promise.all(trees.map((tree) => tree.start())).then(() => undefined),
    close: () => {
      isClosed = true;
      for (const tree of trees) tree.close();
    },
  };
};

/** As seen from the folder that the file is in. */
const allBut = (file: string): Exclusion => {
  const folder = dirname(file);
  return (relativePath) =>
    isSamePath(file, join(folder, relativePath)) ? null : { rule: 'excluded', name: relativePath };
};
