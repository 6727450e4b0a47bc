/** One question to several libraries, what resembles a document, and all that one document holds: through the engine's own calls. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';

describe('with two libraries', () => {
  const test = new TestEngine();
  const client = () => createRouterClient(createRouter(test.engine));
  const write = (folder: string, files: Record<string, string>) => {
    mkdirSync(test.path(folder), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(test.path(folder, name), text);
  };
  const found = async (query: string, library: string | string[] = 'default') => {
    const { groups, notices } = await client().search.query({ library, query, mode: 'lexical' });
    return {
      paths: groups.map(({ document, library: name }) => `${name ?? '-'}/${document.relativePath}`),
      notices,
    };
  };

  beforeAll(async () => {
    await test.makeModel();
    await test.open();
    write('papers', {
      'boiler.md':
        '---\ntags: [heating]\n---\n# Boiler\n\nThe boiler is serviced in May. The boiler has a key.',
      'garden.txt': 'The garden is watered in summer. Tomatoes grow beside the boiler house.',
    });
    const sections = ['Pumps', 'Valves', 'Pipes'].map(
      (name) => `# ${name}\n\n${`Each of the ${name.toLowerCase()} is painted red. `.repeat(40)}`,
    );
    write('work', {
      'manual.md': sections.join('\n\n'),
      'heater.txt': 'The boiler boiler boiler of the office is new. Its key is lost.',
    });
    await test.index(test.path('papers'));
    await client().libraries.create({ name: 'work' });
    const { jobId } = await client().folders.add({ library: 'work', path: test.path('work') });
    await test.engine.jobs.wait(jobId);
  });
  afterAll(() => test.close());

  it('asks those that are named, and says where each document is', async () => {
    expect((await found('boiler key')).paths.sort()).toEqual(['-/boiler.md', '-/garden.txt']);
    expect((await found('boiler key in:work')).paths).toEqual(['work/heater.txt']);
    const both = await found('boiler key in:all');
    expect(both.paths.toSorted()).toEqual(['default/boiler.md', 'default/garden.txt', 'work/heater.txt']);
    expect((await found('boiler key in:default,work')).paths).toEqual(both.paths);
    expect((await found('boiler key in:work in:default')).paths).toEqual(both.paths);
    expect((await found('boiler key', ['default', 'work'])).paths).toEqual(both.paths);
    expect((await found('boiler key -in:default')).paths).toEqual(['work/heater.txt']);
    expect((await found('in:all tag:heating')).paths).toEqual(['default/boiler.md']);
  });

  it('puts the library that answers before one that hardly does', async () => {
    expect((await found('valves painted boiler in:all')).paths[0]).toBe('work/manual.md');
    expect((await found('garden tomatoes summer in:all')).paths[0]).toBe('default/garden.txt');
  });

  it('names a library that is not there, and asks the one of the request', async () => {
    const { paths, notices } = await found('garden in:wrok');
    expect(paths).toEqual(['-/garden.txt']);
    expect(notices).toEqual([expect.stringMatching(/no library “wrok”; there are default, work/)]);
    expect(await found('garden -in:all')).toEqual({
      paths: [],
      notices: [expect.stringMatching(/leaves out every library/)],
    });
    await expect(client().search.query({ library: ['work', 'none'], query: 'x' })).rejects.toThrow(
      /no library "none"/,
    );
  });

  it('finds what resembles a document or a passage, without the document itself', async () => {
    const { documents } = await client().documents.list({ library: 'default' });
    const boiler = documents.find(({ relativePath }) => relativePath === 'boiler.md')!;
    const { groups, notices } = await client().search.similar({ documentId: boiler.id });
    expect(notices).toEqual([]);
    expect(groups.map(({ document }) => document.relativePath)).toEqual(['garden.txt']);
    const byPassage = await client().search.similar({ documentId: boiler.id, chunkId: `${boiler.id}:0` });
    expect(byPassage.groups.map(({ document }) => document.relativePath)).toEqual(['garden.txt']);
    expect(byPassage.groups[0]!.score).toBeLessThanOrEqual(1.001);
    await expect(client().search.similar({ documentId: 'none' })).rejects.toThrow(/no longer in the library/);
  });

  it('gives all passages of one document for a question, the best first', async () => {
    const { documents } = await client().documents.list({ library: 'work' });
    const manual = documents.find(({ relativePath }) => relativePath === 'manual.md')!;
    const request = {
      library: 'work',
      documentId: manual.id,
      query: 'valves painted',
      mode: 'lexical' as const,
    };
    const { hits } = await client().search.passagesOf(request);
    expect(hits.length).toBe(manual.chunkCount);
    expect(hits[0]!.text).toMatch(/valves/);
    expect(hits.map(({ score }) => score.fused)).toEqual(
      hits.map(({ score }) => score.fused).toSorted((a, b) => b - a),
    );
    const within = await client().search.passagesOf({ ...request, query: 'painted "the pumps"' });
    expect(within.hits.length).toBeGreaterThan(0);
    expect(within.hits.every(({ text }) => /pumps/.test(text))).toBe(true);
  });
});
