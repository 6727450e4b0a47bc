/** Which folders are watched follows from the libraries there are: those of a library that is gone are let go. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FolderWatch } from '../../../src-main/engine/folder-watch.ts';
import type { IndexPart } from '../../../src-main/engine/indexing/index-library.ts';
import type { LibrarySession } from '../../../src-main/engine/library-session.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'llara-watch-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const library = (name: string): LibrarySession => {
  const path = join(root, name);
  mkdirSync(path, { recursive: true });
  return {
    name,
    folders: { list: () => [{ path, exclude: [] }], setWatchProblem: () => {} },
  } as unknown as LibrarySession;
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
