/** A document that lies in several places is one hit with all of them. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';

const test = new TestEngine();
beforeEach(async () => {
  await test.makeModel();
  await test.open();
  mkdirSync(test.path('papers'));
});
afterEach(() => test.close());

const lease =
  'The lease of the flat in Elm Street ends in May, and the deposit is paid back within three weeks.';
const write = (name: string, text: string) => writeFileSync(test.path('papers', name), text);
const found = async (query: string, foldCopies?: boolean) => {
  const { groups } = await createRouterClient(createRouter(test.engine)).search.query({
    query,
    limit: 2,
    foldCopies,
  });
  return groups.map(({ document, places }) => [
    document.relativePath,
    (places ?? []).map((path) => path.slice(test.path('papers').length + 1)).sort(),
  ]);
};

it('says in the list of documents which are copies', async () => {
  for (const name of ['a.txt', 'b.txt']) write(name, lease);
  write('e.txt', 'The lease of the garage ends in July.');
  await test.index(test.path('papers'));
  const { documents } = await createRouterClient(createRouter(test.engine)).documents.list({});
  const [a, b] = [test.path('papers', 'a.txt'), test.path('papers', 'b.txt')];
  expect(documents.map(({ places }) => places)).toEqual([[a, b], [b, a], undefined]);
});

it('shows one of them, wherever they are, until they differ', async () => {
  for (const name of ['a.txt', 'b.txt', 'c.txt']) write(name, lease);
  write('d.md', `${lease}\n`);
  write('e.txt', 'The lease of the garage ends in July.');
  await test.index(test.path('papers'));
  const copies = ['a.txt', 'b.txt', 'c.txt', 'd.md'];
  const [first, second] = await found('lease flat Elm Street deposit');
  expect(copies).toContain(first![0]);
  expect(first![1]).toEqual(copies);
  expect(second).toEqual(['e.txt', []]);
  expect((await found('lease path:papers')).length).toBe(2);
  const alone = await found('"Elm Street"', false);
  expect(alone.map(([, places]) => places)).toEqual([[], []]);

  renameSync(test.path('papers', 'c.txt'), test.path('papers', 'moved.txt'));
  rmSync(test.path('papers', 'b.txt'));
  write('a.txt', `${lease} It was signed on the 4th.`);
  await test.index();
  const places = (await found('"Elm Street"')).map(([, list]) => list);
  expect(places).toContainEqual(['d.md', 'moved.txt']);
  expect(places).toContainEqual([]);
});
