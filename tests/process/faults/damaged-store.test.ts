/**
 * Files of the store that a crash or a failing disk left empty or cut off: the library opens or says why not, is whole again after an index run,
 * and what a person made (folders, feedback, settings) is there. FAULTS=all damages each file alone as well.
 */
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

const test = new TestEngine();
const whole = test.path('whole');
const library = (...parts: string[]) => join(test.home, 'libraries', 'default', ...parts);
const client = () => createRouterClient(createRouter(test.engine));
let expected: string[];

const found = async () => {
  const { groups } = await client().search.query({ query: 'who repaired the roof', limit: 50 });
  return groups.map(({ document }) => document.relativePath).sort();
};

beforeAll(async () => {
  await test.makeModel();
  await test.open();
  writeTextFolder(test.path('papers'), 10);
  await client().folders.add({ path: test.path('papers'), exclude: ['*.tmp'] });
  await finish();
  const { groups } = await client().search.query({ query: 'roof' });
  await client().search.feedback({ query: 'roof', chunkId: groups[0]!.hits[0]!.chunkId, verdict: 'helpful' });
  await client().settings.update({ theme: 'dark' });
  expected = await found();
  await test.engine.close();
  cpSync(test.home, whole, { recursive: true });
});
afterAll(async () => await test.close());

const finish = () => Promise.all(test.engine.jobs.list().map(({ id }) => test.engine.jobs.wait(id)));

/** On a fresh copy of the sound library. */
async function afterDamage(damage: () => void): Promise<void> {
  rmSync(test.home, { recursive: true, force: true });
  cpSync(whole, test.home, { recursive: true });
  damage();
  await test.open();
}

/** Searches may fail by name until an index run has mended what they met; that run comes by itself. */
async function expectWholeAgain(): Promise<void> {
  await found().catch((error) => expect(error).toMatchObject({ data: { code: 'library-corrupt' } }));
  await finish();
  await test.engine.jobs.wait(test.engine.jobs.submit(indexRequest('default')).id);
  expect(test.engine.jobs.list().flatMap(({ failure }) => failure?.message ?? [])).toEqual([]);
  expect(await found()).toEqual(expected);
  expect((await client().engine.examine({})).findings.filter(({ repair }) => repair === 'possible')).toEqual(
    [],
  );
  const session = test.engine.libraries.get('default');
  expect(session.folders.list()).toMatchObject([{ path: test.path('papers'), exclude: ['*.tmp'] }]);
  expect(session.memory.feedback()).toHaveLength(1);
  await test.engine.close();
}

const filesBelow = (directory: string): string[] =>
  existsSync(directory)
    ? readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort()
    : [];
const cuts = { 'of zero bytes': 0, 'cut in half': 0.5, 'without its last bytes': 0.98 };
const cut = (path: string, part: number) => truncateSync(path, Math.floor(statSync(path).size * part));
const tables = () =>
  readdirSync(library('index'))
    .filter((name) => name.endsWith('.lance'))
    .sort();

describe.each(Object.entries(cuts))('files %s', (_, part) => {
  it.each(['_versions', 'data', '_indices', '_transactions'])('in %s of each table', async (folder) => {
    for (const which of [0, 1]) {
      await afterDamage(() => {
        for (const path of filesBelow(library('index', tables()[which]!, folder))) cut(path, part);
      });
      expect(test.engine.settings.get().theme).toBe('dark');
      await expectWholeAgain();
    }
  });

  it.runIf(process.env.FAULTS === 'all')(
    'one at a time, whichever it is',
    { timeout: 1_800_000 },
    async () => {
      const names = filesBelow(join(whole, 'libraries', 'default', 'index')).map((path) =>
        path.slice(whole.length),
      );
      expect(names.length).toBeGreaterThan(5);
      for (const name of names) {
        await afterDamage(() => cut(join(test.home, name), part));
        await expectWholeAgain();
      }
      console.info(`${names.length} files, each damaged alone`);
    },
  );

  it('the kept texts', async () => {
    await afterDamage(() => cut(library('texts.sqlite'), part));
    await expectWholeAgain();
  });

  it('the file of the whole program: settings begin anew, the library is there', async () => {
    await afterDamage(() => cut(join(test.home, 'home.sqlite'), part));
    expect(await found()).toEqual(expected);
    await expectWholeAgain();
  });
});

it('a journal of the manifest that is cut off: what was committed before the cut is there', async () => {
  const text = '# Late\n\nThe plumber came for the boiler.';
  await afterDamage(() => {});
  writeFileSync(test.path('papers', 'late.md'), text);
  await test.index();
  // The journal as a power cut leaves it, copied while it is in use.
  const copies = ['library.sqlite', 'library.sqlite-wal'].map(
    (name) => [name, readFileSync(library(name))] as const,
  );
  await test.engine.close();
  rmSync(test.path('papers', 'late.md'));
  for (const part of [0, 0.3, 0.7, 0.99]) {
    await afterDamage(() => {
      for (const [name, bytes] of copies) {
        const length = name.endsWith('-wal') ? Math.floor(bytes.length * part) : bytes.length;
        writeFileSync(library(name), bytes.subarray(0, length));
      }
    });
    expect(test.engine.snapshot().unavailableLibraries).toEqual([]);
    await test.engine.jobs.wait(test.engine.jobs.submit(indexRequest('default')).id);
    expect(await found()).toEqual(expected);
    expect(test.engine.libraries.get('default').folders.list()).toMatchObject([
      { path: test.path('papers') },
    ]);
    await test.engine.close();
  }
});

it('a manifest that is cut off: it is named and kept as it is', async () => {
  await afterDamage(() => truncateSync(library('library.sqlite'), 6000));
  const { unavailableLibraries } = test.engine.snapshot();
  expect(unavailableLibraries).toMatchObject([
    { name: 'default', reason: expect.stringMatching(/damaged|cannot be opened/) },
  ]);
  expect(statSync(library('library.sqlite')).size).toBe(6000);
  await test.engine.close();
});
