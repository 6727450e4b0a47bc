/** Damage to one library's files never stops the engine: what can be made again is, and what cannot is named, while the others answer. */
import { mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

/** As the calls report it. */
const isCorrupt = { data: { code: 'library-corrupt' } };

let test: TestEngine;
const client = () => createRouterClient(createRouter(test.engine));
const directoryOf = (library: string) => join(test.home, 'libraries', library);
const finishJobs = () => Promise.all(test.engine.jobs.list().map(({ id }) => test.engine.jobs.wait(id)));
const found = async (library: string, mode: 'lexical' | 'hybrid' = 'hybrid') => {
  const { groups, mode: answered } = await client().search.query({ library, query: 'roof', mode });
  expect(answered).toBe(mode);
  return groups.map(({ document }) => document.relativePath);
};

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

beforeEach(async () => {
  test = new TestEngine();
  await test.makeModel();
  await test.open();
  writeTextFolder(test.path('papers'), 12);
  await client().libraries.create({ name: 'other' });
  for (const library of ['default', 'other']) {
    await client().folders.add({ library, path: test.path('papers') });
  }
  await finishJobs();
});

afterEach(async () => await test.close());

describe.each(['passages', 'vectors'])('a library whose %s are damaged', (which) => {
  const table = () => {
    const index = join(directoryOf('default'), 'index');
    const name = readdirSync(index).find(
      (entry) => entry.endsWith('.lance') && entry.startsWith('passages') === (which === 'passages'),
    );
    return join(index, name!);
  };

  it.each(['_versions', 'data'])(
    'opens, and is whole again after a while (empty files in %s)',
    async (part) => {
      const before = [await found('default'), await found('other')];
      await test.engine.close();
      for (const file of filesBelow(join(table(), part))) truncateSync(file, 0);
      await test.open();
      expect(await found('other')).toEqual(before[1]);
      const jobs = await finishJobs();
      expect(jobs.at(-1)).toMatchObject({ kind: 'index', library: 'default', state: 'completed' });
      expect(test.engine.jobs.log(jobs.at(-1)!.id).join(' ')).toMatch(/made again/);
      expect([await found('default'), await found('other')]).toEqual(before);
      expect(test.engine.snapshot().unavailableLibraries).toEqual([]);
    },
  );

  it('mends itself where the damage comes while it is open', async () => {
    const before = await found('default');
    rmSync(join(table(), 'data'), { recursive: true });
    await expect(found('default')).rejects.toMatchObject(isCorrupt);
    await finishJobs();
    expect(await found('default')).toEqual(before);
  });
});

describe.each(['default', 'other'])('the library %s with a damaged manifest', (damaged) => {
  const healthy = damaged === 'default' ? 'other' : 'default';

  beforeEach(async () => {
    await test.engine.close();
    for (const name of readdirSync(directoryOf(damaged))) {
      if (name.startsWith('library.sqlite')) rmSync(join(directoryOf(damaged), name));
    }
    writeFileSync(join(directoryOf(damaged), 'library.sqlite'), 'this is no database '.repeat(500));
    await test.open();
  });

  it('is named with the reason, and the other one answers', async () => {
    const { libraries, unavailableLibraries } = test.engine.snapshot();
    expect(libraries.map(({ name }) => name)).toEqual([healthy]);
    expect(unavailableLibraries).toEqual([{ name: damaged, reason: expect.stringContaining('damaged') }]);
    expect((await found(healthy)).length).toBeGreaterThan(0);
    await expect(found(damaged)).rejects.toMatchObject(isCorrupt);
    await expect(client().libraries.create({ name: damaged })).rejects.toMatchObject(isCorrupt);
    test.engine.jobs.submit(indexRequest(healthy));
    expect((await finishJobs()).at(-1)).toMatchObject({ state: 'completed' });
  });

  it('can be removed, which keeps its files under another name', async () => {
    await client().libraries.remove({ library: damaged });
    expect(test.engine.snapshot().unavailableLibraries).toEqual([]);
    const names = readdirSync(join(test.home, 'libraries'));
    expect(names.some((name) => name.startsWith(`${damaged}.damaged-`))).toBe(true);
    const listed = (await client().libraries.list()).map(({ name }) => name).sort();
    expect(listed).toEqual(damaged === 'default' ? ['default', 'other'] : ['default']);
    mkdirSync(test.path('none'));
    await client()
      .folders.add({ library: 'default', path: test.path('papers') })
      .catch(() => {});
    await finishJobs();
    expect((await found('default')).length).toBeGreaterThan(0);
  });
});
