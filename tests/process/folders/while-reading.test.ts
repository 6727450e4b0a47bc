/** What a person sees and can do while files are read: which of them is in hand, and that a folder can be left out although the reading is paused. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';

let test: TestEngine;
const session = () => test.engine.libraries.get('default');
const client = () => createRouterClient(createRouter(test.engine));
const write = (folder: string, name: string, text: string) => {
  mkdirSync(test.path('papers', folder), { recursive: true });
  writeFileSync(test.path('papers', folder, name), text);
};

beforeEach(async () => {
  test = new TestEngine();
  await test.open();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await test.close();
});

/** Files of this name are read only when they are let go. */
function hold(name: string) {
  const { extraction } = session();
  const read = extraction.read.bind(extraction);
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  vi.spyOn(extraction, 'read').mockImplementation(async (path, tokens, limits) => {
    if (path.endsWith(name)) await promise;
    return await read(path, tokens, limits);
  });
  return letGo;
}

it('names the file that is waited for, and counts those that are read meanwhile', async () => {
  write('', 'all-mail.txt', 'The ferry leaves at nine.');
  for (const number of [1, 2, 3, 4])
    write('', `note-${number}.txt`, `The meter showed ${number} on that day.`);
  const letGo = hold('all-mail.txt');
  session().folders.add(test.path('papers'), []);
  const { id } = test.engine.jobs.submit(indexRequest('default'));
  const progress = () => test.engine.jobs.get(id).progress;
  await expect
    .poll(() => [progress().done, progress().detail])
    .toEqual([4, test.path('papers', 'all-mail.txt')]);
  letGo();
  expect((await test.engine.jobs.wait(id)).state).toBe('completed');
});

it('takes out of the search at once what a folder leaves out, while the reading of other files is paused', async () => {
  write('drafts', 'old.txt', 'The ferry leaves at nine.');
  write('letters', 'new.txt', 'The ferry leaves at ten.');
  await test.index(test.path('papers'));
  write('letters', 'long.txt', 'The ferry does not leave at all.');
  const letGo = hold('long.txt');
  const reading = test.engine.jobs.submit(indexRequest('default'));
  await expect.poll(() => test.engine.jobs.get(reading.id).progress.detail).toMatch(/long\.txt$/);
  test.engine.jobs.pause(reading.id);

  const [folder] = session().folders.list();
  const { jobId } = await client().folders.update({ folderId: folder!.id, exclude: ['drafts'] });
  const found = async () =>
    (await test.search('ferry')).groups.map(({ document }) => document.relativePath).sort();
  expect(await found()).toEqual(['letters/new.txt']);
  expect(test.engine.jobs.get(reading.id).state).toBe('paused');

  letGo();
  test.engine.jobs.resume(reading.id);
  expect((await test.engine.jobs.wait(jobId)).state).toBe('completed');
  expect(await found()).toEqual(['letters/long.txt', 'letters/new.txt']);
});
