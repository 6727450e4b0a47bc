/** The doctor finds what is wrong with a library, says nothing of a sound one, and mends what can be read again. */
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

const test = new TestEngine();
const examine = async (repair = false) =>
  await createRouterClient(createRouter(test.engine)).engine.examine({ repair });
const session = () => test.engine.libraries.get('default');

beforeEach(async () => {
  await test.makeModel();
  await test.open();
  writeTextFolder(test.path('papers'), 4);
  await test.index(test.path('papers'));
});
afterEach(() => test.close());

it('mends passages and texts that are missing or left over', async () => {
  expect(await examine()).toEqual({ checks: 5, libraries: 1, findings: [] });
  const [first, second] = session().documents.withState('indexed');
  const rowsBefore = await session().vectors.active.countRows();
  await session().vectors.active.removeDocuments([first!.id]);
  // As a kill between two writes leaves them.
  session().documents.remove([second!.id]);
  const repairs = async (repair: boolean) =>
    (await examine(repair)).findings.map((finding) => [finding.check, finding.repair]);
  const found = ['passages', 'passages', 'texts'];
  expect(await repairs(false)).toEqual(found.map((check) => [check, 'possible']));
  expect(await repairs(true)).toEqual(found.map((check) => [check, 'done']));
  await Promise.all(test.engine.jobs.list().map(({ id }) => test.engine.jobs.wait(id)));
  expect((await examine()).findings).toEqual([]);
  expect(await session().vectors.active.countRows()).toBe(rowsBefore);
});

it('says what only a person can mend', async () => {
  session().folders.setUnavailable(session().folders.list()[0]!.id, 'The disk is away.');
  expect((await examine(true)).findings).toEqual([
    { library: 'default', check: 'folders', message: 'The disk is away.', repair: 'person' },
  ]);
});
