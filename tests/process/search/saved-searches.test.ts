/** Saved searches through the engine's own calls: what is new is what came or changed since the person looked, and answers. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';

const test = new TestEngine();
const client = () => createRouterClient(createRouter(test.engine));
const write = (name: string, text: string) => writeFileSync(test.path('papers', name), text);
const news = async () => {
  const [{ documents }, saved] = await Promise.all([client().documents.list({}), client().saved.list({})]);
  const nameOf = new Map(documents.map(({ id, relativePath }) => [id, relativePath]));
  return saved.map(({ name, newDocumentIds }) => [name, newDocumentIds.map((id) => nameOf.get(id)).sort()]);
};

beforeEach(async () => {
  await test.makeModel();
  await test.open();
  mkdirSync(test.path('papers'));
  for (const name of ['one', 'two', 'three', 'four']) write(`${name}.txt`, `The boiler ${name} is old.`);
  await test.index(test.path('papers'));
  await client().saved.save({ name: 'Heating', query: 'boiler', mode: 'lexical' });
  await client().saved.save({ name: 'letters', query: 'type:md' });
});
afterEach(() => test.close());

it('counts what came and what changed, until it was looked at', async () => {
  expect(await news()).toEqual([
    ['Heating', []],
    ['letters', []],
  ]);
  write('five.txt', 'The boiler was serviced on Monday.');
  write('note.md', '# Garden\n\nTomatoes are planted in spring.');
  write('two.txt', 'The boiler two was replaced yesterday.');
  await test.index();
  expect(await news()).toEqual([
    ['Heating', ['five.txt', 'two.txt']],
    ['letters', ['note.md']],
  ]);
  const looked = await client().saved.look({ name: 'heating' });
  expect(looked).toMatchObject({ name: 'Heating', query: 'boiler', newDocumentIds: [] });
  await test.reopen();
  expect(await news()).toEqual([
    ['Heating', []],
    ['letters', ['note.md']],
  ]);
});

it('counts nothing that was only read again', async () => {
  const { documents } = await client().documents.list({});
  const { jobId } = await client().documents.reindex({
    library: 'default',
    documentIds: documents.map(({ id }) => id),
  });
  await test.engine.jobs.wait(jobId);
  expect(await news()).toEqual([
    ['Heating', []],
    ['letters', []],
  ]);
});

it('takes another name, what is new staying new, and no name that is taken', async () => {
  write('six.txt', 'The boiler six is in the cellar.');
  await test.index();
  const renamed = await client().saved.rename({ name: 'heating', newName: 'Warmth' });
  expect(renamed).toMatchObject({ name: 'Warmth', query: 'boiler' });
  expect(await news()).toEqual([
    ['letters', []],
    ['Warmth', ['six.txt']],
  ]);
  await expect(client().saved.rename({ name: 'Warmth', newName: 'LETTERS' })).rejects.toThrow(
    /already a saved search "letters"/,
  );
  await client().saved.rename({ name: 'Warmth', newName: 'heating' });
  expect(await client().saved.rename({ name: 'heating', newName: 'Heating' })).toMatchObject({
    name: 'Heating',
  });
  await client().saved.look({ name: 'Heating' });
});

it('replaces one of the same name, removes, and names what there is', async () => {
  await client().saved.save({ name: 'HEATING', query: 'boiler old' });
  expect((await client().saved.list({})).map(({ name, query }) => [name, query])).toEqual([
    ['HEATING', 'boiler old'],
    ['letters', 'type:md'],
  ]);
  await client().saved.remove({ name: 'letters' });
  await expect(client().saved.remove({ name: 'letters' })).rejects.toThrow(
    /no saved search "letters".*HEATING/,
  );
  expect(await client().saved.list({ library: 'default' })).toHaveLength(1);
});
