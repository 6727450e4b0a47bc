/** Several libraries side by side, through the engine's own calls: each has its folders and its index, and keeps them under a new name. */
import { existsSync, rmSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../src-main/contract/events.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

describe('libraries', () => {
  const test = new TestEngine();
  beforeEach(async () => {
    await test.makeModel();
    await test.open();
  });
  afterEach(() => test.close());
  const client = () => createRouterClient(createRouter(test.engine));
  const found = async (library: string) =>
    (await client().search.query({ library, query: 'roof', mode: 'lexical' })).groups.length;

  it('keeps a renamed library whole, reads nothing of it again, and tells every client', async () => {
    writeTextFolder(test.path('papers'), 12);
    await client().libraries.create({ name: 'house' });
    const { jobId } = await client().folders.add({ library: 'house', path: test.path('papers') });
    await test.engine.jobs.wait(jobId);
    expect(await found('house')).toBeGreaterThan(0);
    expect(await found('default')).toBe(0);

    const leaving = new AbortController();
    const heard: string[] = [];
    const events = await client().engine.events(undefined, { signal: leaving.signal });
    const listening = (async () => {
      for await (const event of events) heard.push(nameOf(event));
    })().catch(() => undefined);
    const before = (await client().libraries.list()).find(({ name }) => name === 'house')!;
    const renamed = await client().libraries.rename({ library: 'house', name: 'old-house' });
    expect(renamed).toEqual({ ...before, name: 'old-house' });
    expect(await found('old-house')).toBeGreaterThan(0);
    await expect.poll(() => heard).toContain('library old-house');
    expect(heard).toContain('library-removed house');
    leaving.abort();
    await listening;

    await test.reopen();
    expect((await client().libraries.list()).map(({ name }) => name).sort()).toEqual([
      'default',
      'old-house',
    ]);
    expect(await found('old-house')).toBeGreaterThan(0);
    const again = await test.engine.jobs.wait(
      (await client().libraries.index({ library: 'old-house' })).jobId,
    );
    expect(again.result).toMatchObject({ files: 12, read: 0 });

    await client().libraries.remove({ library: 'old-house' });
    expect(existsSync(test.path('home', 'libraries', 'old-house'))).toBe(false);
    expect(existsSync(test.path('papers'))).toBe(true);
  });

  it('removes a library that has just changed, and is told of its end alone', async () => {
    const leaving = new AbortController();
    const heard: string[] = [];
    const events = await client().engine.events(undefined, { signal: leaving.signal });
    const listening = (async () => {
      for await (const event of events) heard.push(nameOf(event));
    })().catch(() => undefined);
    await expect.poll(() => heard).toContain('snapshot');
    await client().libraries.create({ name: 'brief' });
    await client().libraries.remove({ library: 'brief' });
    // Told after it, so that what was due of the library would have come before.
    test.engine.libraries.get('default').changed();
    await expect.poll(() => heard).toContain('library default');
    expect(heard).toEqual(['snapshot', 'library-removed brief', 'library default']);
    leaving.abort();
    await listening;
  });

  it('states the encoder of each, and why there is none', async () => {
    const model = await client().models.import({
      path: await test.makeModel('../other.gguf', { seed: 9, extraStrings: { 'general.name': 'another' } }),
    });
    await client().libraries.create({ name: 'house' });
    const { jobId } = await client().models.use({ library: 'house', modelId: model.id });
    await test.engine.jobs.wait(jobId);
    await client().libraries.create({ name: 'lost' });
    const { encoder } = (await client().libraries.list()).find(({ name }) => name === 'default')!;
    expect(encoder).toBeTruthy();
    const stated = async () =>
      Object.fromEntries(
        (await client().engine.snapshot()).libraries.map((one) => [
          one.name,
          [one.encoder, one.wordsOnlyReason],
        ]),
      );
    expect(await stated()).toEqual({
      default: [encoder, null],
      house: ['another', null],
      lost: [encoder, null],
    });
    expect((await client().models.list()).filter(({ active }) => active)).toHaveLength(2);

    rmSync(model.path!);
    await test.reopen();
    expect(await stated()).toEqual({
      default: [encoder, null],
      house: [null, expect.stringContaining('is not here any more')],
      lost: [encoder, null],
    });
  });

  it.each([
    ['a name that is taken', 'house', 'attic', 'There is already a library "attic".'],
    ['the default library', 'default', 'mine', 'The default library keeps its name.'],
    ['a library that is not there', 'cellar', 'vault', 'There is no library "cellar".'],
  ])('refuses to rename %s', async (_, library, name, message) => {
    await client().libraries.create({ name: 'house' });
    await client().libraries.create({ name: 'attic' });
    await expect(client().libraries.rename({ library, name })).rejects.toThrow(message);
    expect((await client().libraries.list()).map((one) => one.name).sort()).toEqual([
      'attic',
      'default',
      'house',
    ]);
  });
});

function nameOf(event: EngineEvent): string {
  if (event.type === 'library') return `library ${event.library.name}`;
  if (event.type === 'library-removed') return `library-removed ${event.name}`;
  return event.type;
}
