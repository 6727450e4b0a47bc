/** A person's tags through the engine's own calls and the command line: found at once, kept through all that happens to a file, and never in it. */
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exitCodes } from '../../../src-main/cli/output/exit-codes.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { startHost } from '../../../src-main/host/start-host.ts';
import { runLlara } from '../../support/run-llara.ts';
import { TestEngine } from '../../support/test-engine.ts';

const test = new TestEngine();
const client = () => createRouterClient(createRouter(test.engine));
const paper = (name: string) => test.path('papers', name);
const idOf = async (name: string) => {
  const { documents } = await client().documents.list({ pathContains: name });
  return documents[0]!.id;
};
const found = async (query: string, library = 'default') => {
  const { groups } = await client().search.query({ library, query });
  return groups.map(({ document }) => document.relativePath).sort();
};

beforeEach(async () => {
  await test.makeModel();
  await test.open();
  mkdirSync(test.path('papers'));
  writeFileSync(paper('lease.md'), '---\ntags: [flat]\n---\n# Lease\n\nThe lease ends in May.\n');
  writeFileSync(paper('bill.txt'), 'The bill of the boiler is due on Monday.\n');
  await test.index(test.path('papers'));
});
afterEach(() => test.close());

it('finds, counts and shows them at once, and writes to no file', async () => {
  const before = [readFileSync(paper('lease.md')), statSync(paper('lease.md')).mtimeMs];
  const [tagged] = await client().documents.tag({
    documentIds: [await idOf('lease.md')],
    add: ['#Work', 'tax/2024'],
  });
  expect(tagged).toMatchObject({ tags: ['Work', 'tax/2024'], facts: { tags: ['flat'] } });
  expect(await found('tag:work')).toEqual(['lease.md']);
  expect(await found('tag:tax lease')).toEqual(['lease.md']);
  expect(await found('-tag:work')).toEqual(['bill.txt']);
  expect((await client().search.query({ query: 'tag:work' })).groups[0]!.document.tags).toEqual([
    'Work',
    'tax/2024',
  ]);
  const { total, facets } = await client().documents.list({ tag: 'tax', withFacets: true });
  expect(total).toBe(1);
  expect(facets?.tag).toEqual([
    { value: 'flat', documents: 1 },
    { value: 'tax/2024', documents: 1 },
    { value: 'Work', documents: 1 },
  ]);
  expect(await client().documents.tags({})).toContainEqual({ tag: 'flat', documents: 1, given: 0 });
  expect([readFileSync(paper('lease.md')), statSync(paper('lease.md')).mtimeMs]).toEqual(before);
});

it('keeps them when the file is read again, changed, moved, away for a while, and the engine starts anew', async () => {
  await client().documents.tag({ documentIds: [await idOf('lease.md')], add: ['work'] });
  writeFileSync(paper('lease.md'), 'The lease of the flat was renewed.\n');
  await test.index();
  expect(await found('tag:work')).toEqual(['lease.md']);
  expect(await found('tag:flat')).toEqual([]);
  mkdirSync(paper('old'));
  renameSync(paper('lease.md'), paper('old/agreement.md'));
  await test.index();
  expect(await found('tag:work')).toEqual(['old/agreement.md']);
  renameSync(paper('old/agreement.md'), test.path('away.md'));
  await test.index();
  expect(await found('tag:work')).toEqual([]);
  renameSync(test.path('away.md'), paper('old/agreement.md'));
  const { jobId } = await client().libraries.index({ force: true });
  await test.engine.jobs.wait(jobId);
  await test.reopen();
  expect(await found('tag:work')).toEqual(['old/agreement.md']);
});

it('gives all of several documents a tag, or none', async () => {
  const ids = [await idOf('lease.md'), await idOf('bill.txt')];
  await expect(
    client().documents.tag({ documentIds: [...ids, 'gone'], add: ['work'] }),
  ).rejects.toMatchObject({
    data: { code: 'not-found' },
  });
  await expect(client().documents.tag({ documentIds: ids, add: ['work', 'a*'] })).rejects.toMatchObject({
    data: { code: 'bad-request' },
  });
  expect(await found('tag:work')).toEqual([]);
  await client().documents.tag({ documentIds: ids, add: ['work'] });
  expect(await found('tag:work')).toEqual(['bill.txt', 'lease.md']);
  await client().documents.tag({ documentIds: ids, remove: ['WORK'] });
  expect(await found('tag:work')).toEqual([]);
});

it.each([true, false])(
  'carries them to another library in an archive (with the index: %s)',
  async (withIndex) => {
    await client().documents.tag({ documentIds: [await idOf('bill.txt')], add: ['work'] });
    const path = test.path('library.llara');
    const exporting = await client().libraries.export({ path, withIndex });
    expect(await test.engine.jobs.wait(exporting.jobId)).toMatchObject({ state: 'completed' });
    expect(existsSync(path)).toBe(true);
    const importing = await client().libraries.import({ path, name: 'second' });
    expect(await test.engine.jobs.wait(importing.jobId)).toMatchObject({ state: 'completed' });
    await Promise.all(test.engine.jobs.list().map(({ id }) => test.engine.jobs.wait(id)));
    expect(await found('tag:work', 'second')).toEqual(['bill.txt']);
  },
);

it('is done on a terminal', async () => {
  const host = await startHost({
    router: createRouter(test.engine),
    rendererDirectory: null,
    home: test.home,
  });
  try {
    const llara = (...words: string[]) => runLlara(['tag', ...words], { home: test.home });
    const given = await llara(paper('lease.md'), paper('bill.txt'), '--add', 'work', '--add', 'tax/2024');
    expect(given).toMatchObject({ code: 0, messages: '' });
    expect(given.output.split('\n').slice(0, 2)).toEqual([
      `${paper('lease.md')}: work, tax/2024; stated in the file: flat`,
      `${paper('bill.txt')}: work, tax/2024`,
    ]);
    const taken = await llara(paper('lease.md'), '--remove', 'WORK', '--remove', 'flat');
    expect(taken.output).toBe(`${paper('lease.md')}: tax/2024; stated in the file: flat\n`);
    expect(taken.messages).toMatch(/lease\.md states "flat" itself; Llara changes no file/);
    expect((await llara()).output).toBe(
      'tax/2024  2 documents\nflat  1 document, stated in the files\nwork  1 document\n',
    );
    const shown = JSON.parse((await llara(paper('bill.txt'), '--json')).output);
    expect(shown.documents).toMatchObject([{ tags: ['work', 'tax/2024'] }]);
    expect(JSON.parse((await llara('--json')).output).tags[0]).toEqual({
      tag: 'tax/2024',
      documents: 2,
      given: 2,
    });
    for (const [code, ...words] of [
      [exitCodes.usage, '--add', 'work'],
      [exitCodes.usage, paper('bill.txt'), '--add', 'a,b'],
      [exitCodes.failure, paper('none.md'), '--add', 'work'],
    ] as const)
      expect(await llara(...words), words.join(' ')).toMatchObject({ code, output: '' });
  } finally {
    await host.close();
  }
});
