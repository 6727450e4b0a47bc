/** “Read everything again” that is given up: nothing waits for a job that is not there, and the same goes on later with what is left. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';

const fileCount = 300;
/** As many as are written at a time. */
const written = 256;
const test = new TestEngine();
const client = () => createRouterClient(createRouter(test.engine));
const session = () => test.engine.libraries.get('default');
const counts = () => {
  const { pending, indexed, unsupported } = session().documents.counts();
  return { pending, indexed, unsupported };
};
const allDone = { pending: 0, indexed: fileCount, unsupported: 1 };
const askForAll = async () => (await client().libraries.index({ force: true })).jobId;

beforeEach(async () => {
  await test.open();
  mkdirSync(test.path('papers'));
  for (let number = 0; number < fileCount; number += 1)
    writeFileSync(test.path('papers', `note-${number}.txt`), `The meter showed ${number} on that day.`);
  writeFileSync(test.path('papers', 'song.mp3'), 'ID3');
  await test.index(test.path('papers'));
  expect(counts()).toEqual(allDone);
});
afterEach(() => test.close());

/** Lets so many files be read; the next ones wait until the job is cancelled. */
function readOnly(most: number) {
  const { extraction } = session();
  const read = extraction.read.bind(extraction);
  const stuck = Promise.withResolvers<void>();
  let count = 0;
  const spy = vi.spyOn(extraction, 'read').mockImplementation((path, tokens, limits) => {
    count += 1;
    if (count <= most) return read(path, tokens, limits);
    stuck.resolve();
    return new Promise((_, reject) => {
      limits?.signal?.addEventListener('abort', () => reject(limits.signal?.reason));
    });
  });
  return { stuck: stuck.promise, release: () => spy.mockRestore() };
}

it('puts back what it has not read, and goes on with that alone', async () => {
  const { stuck, release } = readOnly(written + 20);
  const jobId = await askForAll();
  await stuck;
  await expect.poll(() => counts().indexed).toBeGreaterThan(0);
  const left = session().documents.counts().pending;
  expect(left).toBeLessThan(fileCount);
  await client().jobs.cancel({ jobId });
  expect(await test.engine.jobs.wait(jobId)).toMatchObject({ state: 'cancelled' });
  release();
  expect(counts()).toEqual(allDone);
  expect((await test.search('meter 299')).groups.length).toBeGreaterThan(0);
  // Looking for changes has nothing to do with it.
  expect((await test.index()).result.read).toBe(0);

  const later = await client().jobs.retry({ jobId });
  expect(await test.engine.jobs.wait(later.jobId)).toMatchObject({
    state: 'completed',
    result: { read: left },
  });
  expect(counts()).toEqual(allDone);
});

it('puts everything back where it had not begun, and forgets none of a later start', async () => {
  const { stuck, release } = readOnly(0);
  const first = await askForAll();
  await stuck;
  const second = await askForAll();
  await client().jobs.cancel({ jobId: second });
  await client().jobs.cancel({ jobId: first });
  for (const jobId of [first, second])
    expect(await test.engine.jobs.wait(jobId)).toMatchObject({ state: 'cancelled' });
  release();
  expect(counts()).toEqual(allDone);
  await test.reopen();
  const later = await client().jobs.retry({ jobId: first });
  expect(await test.engine.jobs.wait(later.jobId)).toMatchObject({
    state: 'completed',
    result: { read: fileCount + 1 },
  });
});

it('reads a file that has changed meanwhile, cancelled or not', async () => {
  const { stuck, release } = readOnly(0);
  const jobId = await askForAll();
  await stuck;
  writeFileSync(test.path('papers', 'note-7.txt'), 'The gauge was replaced, at last.');
  await client().jobs.cancel({ jobId });
  await test.engine.jobs.wait(jobId);
  release();
  expect((await test.index()).result.read).toBe(1);
  expect((await test.search('gauge')).groups).toHaveLength(1);
});
