/** Which folders are watched follows from the libraries there are: those of a library that is gone are let go. */
import fs, { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { FolderWatch } from '../../../src-main/engine/folder-watch.ts';
import type { IndexPart } from '../../../src-main/engine/indexing/index-library.ts';
import type { LibrarySession } from '../../../src-main/engine/library-session.ts';

let root = '';
const problems = new Map<string, string | null>();
beforeEach(() => {
  problems.clear();
  root = mkdtempSync(join(tmpdir(), 'llara-watch-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const library = (name: string): LibrarySession => {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  return {
    name,
    folders: {
      list: () => [{ path, exclude: [] }],
      setWatchProblem: (of: string, problem: string | null) => problems.set(of, problem),
    },
    changed: () => {},
  } as unknown as LibrarySession;
};

/** What stands in place of the system's watching until the test ends. */
const replaceWatch = (replacement: typeof fs.watch) => {
  const { watch } = fs;
  const put = (other: typeof fs.watch) => {
    fs.watch = other;
    syncBuiltinESMExports();
  };
  put(replacement);
  const restore = () => put(watch);
  onTestFinished(restore);
  return restore;
};

const parts = (run: { mock: { calls: [string, IndexPart][] } }) => run.mock.calls.map(([, part]) => part);

it('asks for runs of the library that changed, and of no library that is gone', async () => {
  const run = vi.fn(async (_library: string, _part: IndexPart) => 0);
  const watch = new FolderWatch(run);
  const [kept, gone] = [library('kept'), library('gone')];
  watch.start([kept, gone]);
  watch.follow([kept]);
  let count = 0;
  await vi.waitFor(
    () => {
      // Written again and again, since what comes before the folders have been taken in may go unseen.
      for (const name of ['gone', 'kept']) writeFileSync(join(root, name, `${count++}.txt`), '');
      expect(run).toHaveBeenCalled();
    },
    { timeout: 20_000, interval: 2000 },
  );
  watch.close();
  expect(new Set(run.mock.calls.map(([name]) => name))).toEqual(new Set(['kept']));
});

it('asks for the words first, and once changes have ceased for the rest', async () => {
  const run = vi.fn(async (_library: string, _part: IndexPart) => 0);
  const watch = new FolderWatch(run);
  watch.start([library('kept')]);
  await vi.waitFor(
    () => {
      writeFileSync(join(root, 'kept', 'a.txt'), '');
      expect(run).toHaveBeenCalled();
    },
    { timeout: 20_000, interval: 2000 },
  );
  await vi.waitFor(() => expect(parts(run)).toContain('rest'), { timeout: 20_000 });
  watch.close();
  expect(parts(run).at(0)).toBe('words');
  expect(parts(run)).not.toContain('vectors');
});

it.each([
  ['sooner after short runs', 0],
  ['later after long ones', 60_000],
])('asks while changes never cease, %s', async (_, runMs) => {
  const run = vi.fn(async (_library: string, _part: IndexPart) => runMs);
  const watch = new FolderWatch(run);
  watch.start([library('busy')]);
  let count = 0;
  // Closer together than what counts as quiet.
  const writing = setInterval(() => writeFileSync(join(root, 'busy', `${count++}.txt`), ''), 50);
  await vi.waitFor(() => expect(run).toHaveBeenCalled(), { timeout: 20_000 });
  const first = performance.now();
  const ofWords = () => parts(run).filter((part) => part === 'words').length;
  if (runMs === 0) {
    await vi.waitFor(() => expect(ofWords()).toBeGreaterThan(2), { timeout: 20_000 });
    await vi.waitFor(() => expect(parts(run)).toContain('vectors'), { timeout: 20_000 });
  } else {
    await vi.waitFor(() => expect(performance.now() - first).toBeGreaterThan(5000), { timeout: 20_000 });
    expect(ofWords()).toBe(1);
  }
  expect(parts(run)).not.toContain('rest');
  clearInterval(writing);
  watch.close();
});

it('says of a folder why the system does not watch it, until it does', async () => {
  const run = vi.fn(async (_library: string, _part: IndexPart) => 0);
  const session = library('full');
  const path = join(root, 'full');
  const restore = replaceWatch(() => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  });
  const watch = new FolderWatch(run);
  watch.start([session]);
  await vi.waitFor(() => expect(problems.get(path)).toMatch(/no more watches.*max_user_watches/), {
    timeout: 20_000,
  });
  restore();
  watch.close();
  watch.start([session]);
  await vi.waitFor(
    () => {
      writeFileSync(join(path, 'a.txt'), '');
      expect(run).toHaveBeenCalled();
    },
    { timeout: 20_000, interval: 700 },
  );
  watch.close();
  expect(problems.get(path)).toBeNull();
});

it('keeps one watch on a folder, however often it is started', async () => {
  const { watch: watchPath } = fs;
  const open = vi.fn();
  replaceWatch(((...parameters: Parameters<typeof watchPath>) => {
    open(String(parameters[0]));
    return watchPath(...parameters);
  }) as typeof watchPath);
  const watch = new FolderWatch(async () => 0);
  const once = library('once');
  const path = fs.realpathSync(join(root, 'once'));
  watch.start([once]);
  watch.start([once]);
  await vi.waitFor(() => expect(open).toHaveBeenCalledWith(path), { timeout: 20_000 });
  // Folders are taken in one after the other: where this one is, a second watch of the first would be.
  watch.start([once, library('later')]);
  const later = fs.realpathSync(join(root, 'later'));
  await vi.waitFor(() => expect(open).toHaveBeenCalledWith(later), { timeout: 20_000 });
  watch.close();
  expect(open.mock.calls.filter(([of]) => of === path)).toHaveLength(1);
});
