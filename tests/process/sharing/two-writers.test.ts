/** A shared library has one writer: a second one is told who it is, and a dead one does not keep the next from writing for ever. */
import { spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { TestEngine } from '../../support/test-engine.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';
import { leaseFor } from './lease-for.ts';
import { callsOf, indexAgain, indexFolder, quick, SharedWorld, search } from './shared-world.ts';

const script = fileURLToPath(new URL('write-until-killed.ts', import.meta.url));

describe('writers of a shared library', () => {
  const world = SharedWorld.forEachTest();
  const libraryOf = (test: TestEngine) =>
    test.engine.snapshot().libraries.find(({ name }) => name === 'team');

  it('tells another data folder who writes, and lets it take over when that has ended', async () => {
    const first = await world.writer();
    writeTextFolder(first.path('papers'), 6);
    await indexFolder(first, first.path('papers'));
    const second = await world.engine(first.models);
    const create = (takeOver: boolean) =>
      callsOf(second).libraries.create({ name: 'team', store: world.store, takeOver });
    const isHeld = {
      data: { code: 'library-locked' },
      message: expect.stringMatching(/being written by .* \(process \d+/),
    };
    await expect(create(false)).rejects.toMatchObject(isHeld);
    await expect(create(true)).rejects.toMatchObject(isHeld);
    const before = await search(first, 'roof');
    await first.engine.close();
    await expect(create(false)).rejects.toMatchObject({
      data: { code: 'conflict' },
      message: expect.stringMatching(/the library "team", which .* writes .*--take-over/),
    });
    expect(await create(true)).toMatchObject({ counts: { indexed: 6 }, shared: { access: 'write' } });
    expect((await search(second, 'roof')).groups).toEqual(before.groups);
    await indexAgain(second);
    expect((await search(second, 'roof')).groups).toEqual(before.groups);
    await second.engine.close();
    // The first one finds that it is not the writer any more.
    await first.open(quick);
    expect(first.engine.snapshot().unavailableLibraries).toMatchObject([
      { name: 'team', reason: expect.stringMatching(/which .* writes .* llara library attach/) },
    ]);
  });

  it('stops a copy of its data folder from writing beside it', async () => {
    const first = await world.writer();
    writeTextFolder(first.path('papers'), 4);
    await indexFolder(first, first.path('papers'));
    await first.engine.close();
    const second = await world.engine(first.models);
    await second.engine.close();
    cpSync(first.home, second.home, { recursive: true });
    await first.open(quick);
    await second.open(quick);
    // It knows the token of the process before, which is not the one that writes now.
    expect(second.engine.snapshot().unavailableLibraries).toMatchObject([
      { name: 'team', reason: expect.stringMatching(/being written by/) },
    ]);
    expect((await search(first, 'roof')).groups.length).toBeGreaterThan(0);
  });

  it('goes on after a kill: at once where it was killed, elsewhere when the lease has run out', async () => {
    const first = await world.writer(leaseFor);
    writeTextFolder(first.path('papers'), 60);
    const other = await world.engine(first.models, leaseFor);
    await first.engine.close();
    await killWhileWriting(first);
    const takeOver = () =>
      callsOf(other).libraries.create({ name: 'team', store: world.store, takeOver: true });
    await expect(takeOver()).rejects.toMatchObject({ data: { code: 'library-locked' } });
    await first.open(leaseFor);
    await indexAgain(first);
    expect(libraryOf(first)).toMatchObject({ counts: { indexed: 60 } });
    const reader = await world.reader(first);
    expect((await search(reader, 'roof')).groups).toEqual((await search(first, 'roof')).groups);
    await first.engine.close();

    await killWhileWriting(first, 'more');
    await expect(takeOver()).rejects.toMatchObject({ data: { code: 'library-locked' } });
    await expect
      .poll(
        () =>
          takeOver().then(
            () => 'taken over',
            (error: Error) => error.message,
          ),
        {
          timeout: 20_000,
          interval: 500,
        },
      )
      .toBe('taken over');
    await indexAgain(other);
    const { counts } = libraryOf(other)!;
    expect(counts.indexed).toBeGreaterThanOrEqual(60);
    expect((await search(reader, 'roof')).groups).toEqual((await search(other, 'roof')).groups);
  });

  /** SIGKILL in the middle of an index run of another folder. */
  async function killWhileWriting(test: TestEngine, folder = 'papers'): Promise<void> {
    if (folder !== 'papers') writeTextFolder(test.path(folder), 60, folder);
    const child = spawn(process.execPath, [script, test.home, test.models, test.path(folder)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    await expect.poll(() => output, { timeout: 60_000 }).toContain('writing');
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
});
