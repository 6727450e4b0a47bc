/** A clock that jumps, and maintenance of the index that gives up, cost neither documents nor answers. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@lancedb/lancedb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TestEngine } from '../../support/test-engine.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

let test: TestEngine;
beforeEach(async () => {
  test = new TestEngine();
  await test.makeModel();
  await test.open();
  writeTextFolder(test.path('papers'), 8);
  await test.index(test.path('papers'));
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await test.close();
});

const found = async () =>
  (await test.search('who repaired the roof', { limit: 50 })).groups.map(
    ({ document }) => document.relativePath,
  );
const years = 365 * 24 * 3600 * 1000;

it.each([-20, -0.001, 0.001, 20])('a clock that jumps by %d years', async (jump) => {
  const before = await found();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + jump * years });
  writeFileSync(test.path('papers', 'new.md'), '# New\n\nThe plumber repaired the roof.');
  const { result } = await test.index();
  expect(result).toMatchObject({ added: 1, read: 1, removed: 0 });
  expect(await found()).toEqual(expect.arrayContaining([...before, 'new.md']));
  await test.reopen();
  vi.setSystemTime(Date.now() - 2 * jump * years);
  expect((await test.index()).result).toMatchObject({ added: 0, read: 0, removed: 0 });
  expect(await found()).toContain('new.md');
  expect(test.engine.jobs.list().every(({ state }) => state === 'completed')).toBe(true);
});

it('a panic in optimize: the run ends, says so, and what was read is found', async () => {
  const database = await connect(join(test.scratch, 'other'));
  const table = await database.createTable('any', [{ a: 1 }]);
  const optimize = vi
    .spyOn(Object.getPrototypeOf(table), 'optimize')
    .mockRejectedValue(new Error('task panicked: index out of bounds'));
  writeFileSync(test.path('papers', 'new.md'), '# New\n\nThe plumber repaired the roof with zinc.');
  const { job } = await test.index();
  expect(optimize).toHaveBeenCalled();
  expect(test.engine.jobs.log(job.id).join(' ')).toMatch(/could not be put in order.*panicked/);
  expect((await test.search('zinc')).groups[0]!.document.relativePath).toBe('new.md');
  optimize.mockRestore();
  const again = await test.index();
  expect(test.engine.jobs.log(again.job.id)).toEqual([]);
  expect(await found()).toContain('new.md');
});
