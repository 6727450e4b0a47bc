/** A library whose words were indexed by earlier rules gets them anew, without a document being read or embedded again, and answers meanwhile. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@lancedb/lancedb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PassageTable } from '../../../src-main/store/tables/passage-table.ts';
import { TestEngine } from '../../support/test-engine.ts';

let test: TestEngine;
const indexFolder = () => join(test.home, 'libraries', 'default', 'index');

beforeEach(async () => {
  test = new TestEngine();
  await test.makeModel();
  const folder = test.path('documents');
  mkdirSync(folder);
  writeFileSync(join(folder, 'soup.md'), '# Soup\n\nPeel the pumpkin and roast it.');
  writeFileSync(join(folder, 'lease.md'), '# Lease\n\nThe tenant gives notice in writing.');
  await test.open();
  await test.index(folder);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await test.close();
});

/** As if another version had made them. */
async function age(): Promise<void> {
  await test.engine.close();
  const connection = await connect(indexFolder());
  const table = await connection.openTable('passages');
  await table.update({ values: { terms: 'earlier' } });
  table.close();
  connection.close();
  writeFileSync(join(indexFolder(), 'word-rules.json'), JSON.stringify({ rules: 0 }));
}

const names = async (query: string) =>
  (await test.search(query, { mode: 'lexical' })).groups.map(({ document }) => document.relativePath).sort();
const finishJobs = () => Promise.all(test.engine.jobs.list().map(({ id }) => test.engine.jobs.wait(id)));

it('makes them anew in the background, once', async () => {
  await age();
  const renew = PassageTable.prototype.renewTerms;
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const renewing = vi.spyOn(PassageTable.prototype, 'renewTerms').mockImplementation(async function (
    this: PassageTable,
    ids,
  ) {
    await held;
    await renew.call(this, ids);
  });
  await test.open();
  await vi.waitFor(() => expect(renewing).toHaveBeenCalled(), { timeout: 60_000 });
  expect(await names('earlier')).toEqual(['lease.md', 'soup.md']);
  expect(await names('pumpkin')).toEqual([]);
  go();
  const job = (await finishJobs()).at(-1);
  expect(job).toMatchObject({ kind: 'index', state: 'completed', result: { read: 0 } });
  expect(await names('earlier')).toEqual([]);
  expect(await names('pumpkin')).toEqual(['soup.md']);
  expect(await names('notices')).toEqual(['lease.md']);
  const { meaning } = test.engine.libraries.get('default').describe();
  expect(meaning.embedded).toBe(meaning.passages);
  const calls = renewing.mock.calls.length;
  await test.reopen();
  await test.index();
  expect(renewing.mock.calls.length).toBe(calls);
});
