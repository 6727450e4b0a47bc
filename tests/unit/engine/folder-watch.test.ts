/** Which folders are watched follows from the libraries there are: those of a library that is gone are let go. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FolderWatch } from '../../../src-main/engine/folder-watch.ts';
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

it('asks for a run of the library that changed, and of no library that is gone', async () => {
  const onChange = vi.fn(async (_library: string) => 0);
  const watch = new FolderWatch(onChange);
  const [kept, gone] = [library('kept'), library('gone')];
  watch.start([kept, gone]);
  watch.follow([kept]);
  let count = 0;
  await vi.waitFor(
    () => {
      // Written again and again, since what comes before the folders have been taken in may go unseen.
      for (const name of ['gone', 'kept']) writeFileSync(join(root, name, `${count++}.txt`), '');
      expect(onChange).toHaveBeenCalled();
    },
    { timeout: 20_000, interval: 2000 },
  );
  watch.close();
  expect(new Set(onChange.mock.calls.flat())).toEqual(new Set(['kept']));
});

it.each([
  ['sooner after short runs', 0],
  ['later after long ones', 60_000],
])('asks while changes never cease, %s', async (_, runMs) => {
  const asked: number[] = [];
  const watch = new FolderWatch(async () => {
    asked.push(performance.now());
    return runMs;
  });
  watch.start([library('busy')]);
  let count = 0;
  // Closer together than what counts as quiet.
  const writing = setInterval(() => writeFileSync(join(root, 'busy', `${count++}.txt`), ''), 50);
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0), { timeout: 20_000 });
  const [first] = asked as [number];
  if (runMs === 0) await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1), { timeout: 20_000 });
  else {
    await vi.waitFor(() => expect(performance.now() - first).toBeGreaterThan(5000), { timeout: 20_000 });
    expect(asked).toEqual([first]);
  }
  clearInterval(writing);
  watch.close();
});
