/** A link is read as what it leads to, and shown as a link that leads nowhere while nothing is there. */
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestEngine } from '../../support/test-engine.ts';

const test = new TestEngine();
beforeEach(async () => {
  await test.makeModel();
  await test.open();
  mkdirSync(test.path('papers'));
  mkdirSync(test.path('elsewhere'));
});
afterEach(() => test.close());

const documents = () =>
  test.engine.libraries.get('default').documents.list({ offset: 0, limit: 100 }).documents;
const found = async () => (await test.search('ferry', { mode: 'lexical' })).groups.length;

it('reads what a link leads to, says that nothing is there, and reads it again once it is', async () => {
  const target = test.path('elsewhere', 'ferry.txt');
  writeFileSync(target, 'The ferry leaves at seven in the morning.');
  symlinkSync(target, test.path('papers', 'link.txt'));
  await test.index(test.path('papers'));
  expect(documents()).toMatchObject([{ relativePath: 'link.txt', state: 'indexed' }]);

  renameSync(target, `${target}.away`);
  await test.index();
  const reason = `This is a link to ${target}, and nothing is there.`;
  expect(documents()).toMatchObject([{ relativePath: 'link.txt', state: 'failed', reason }]);
  expect(await found()).toBe(0);
  expect((await test.index()).result).toMatchObject({ read: 0 });

  renameSync(`${target}.away`, target);
  await test.index();
  expect(documents()).toMatchObject([{ state: 'indexed', reason: null }]);
  expect(await found()).toBe(1);
});
