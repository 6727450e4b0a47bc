/** What an assistant program may change, by the protocol's own client, whatever carries the messages: nothing but what the person allows. */
import type { Client } from '@modelcontextprotocol/client';
import { expect } from 'vitest';
import type { FakeEngine } from '../fake-engine/fake-engine.ts';

const writingTools = ['tag', 'index'];
const callsThatWrite = /documents\.(tag|reindex)$|^(libraries|folders)\.(?!list)/;

const textOf = (result: { content?: unknown }) => (result.content as { text: string }[])[0]!.text;
const namesOf = async (client: Client) => (await client.listTools()).tools.map(({ name }) => name);
const writesOf = ({ calls }: FakeEngine) =>
  calls.map(({ name }) => name).filter((name) => callsThatWrite.test(name));

/** Against the small engine. */
export async function expectReadingOnly(client: Client, engine: FakeEngine): Promise<void> {
  expect(await namesOf(client)).not.toEqual(expect.arrayContaining(writingTools));
  expect(client.getInstructions()).toMatch(/tag and index are disabled until the person allows it/);
  for (const name of writingTools)
    await expect(client.callTool({ name, arguments: { documentId: 'd1', add: ['work'] } })).rejects.toThrow(
      `Tool ${name} disabled`,
    );
  expect(writesOf(engine)).toEqual([]);
}

/** Against the small engine, which has one folder here. */
export async function expectWriting(client: Client, engine: FakeEngine): Promise<void> {
  const { state } = engine;
  state.library = { ...state.library, folders: [{ ...folder, path: '/documents' }] };
  const { tools } = await client.listTools();
  const offered = tools.filter(({ annotations }) => annotations?.readOnlyHint === false);
  expect(offered.map(({ name }) => name)).toEqual(writingTools);
  expect(client.getInstructions()).not.toMatch(/disabled/);
  const call = (name: string, input: Record<string, unknown>) => client.callTool({ name, arguments: input });

  const given = await call('tag', { documentId: 'd1', add: ['work', 'tax/2024'] });
  expect(given.structuredContent).toMatchObject({ documentId: 'd1', tags: ['work', 'tax/2024'] });
  const taken = await call('tag', { link: 'llara://open?library=default&document=d1', remove: ['work'] });
  expect(textOf(taken)).toBe('Lease (/documents/lease.pdf), tags: tax/2024');
  expect(state.documents[0]!.content.document.tags).toEqual(['tax/2024']);

  expect((await call('index', {})).structuredContent).toMatchObject({ library: 'default', again: 0 });
  expect((await call('index', { folder: '/documents' })).structuredContent).toMatchObject({ again: 1 });
  const before = writesOf(engine);
  for (const folder of ['/etc', '/documents/../etc', '/documents-of-others', 'documents']) {
    const outside = await call('index', { folder });
    expect([outside.isError, textOf(outside)]).toEqual([
      true,
      expect.stringContaining('only the person can add'),
    ]);
  }
  expect(writesOf(engine)).toEqual(before);
  expect(before).toEqual(['documents.tag', 'documents.tag', 'libraries.index', 'documents.reindex']);
}

const folder = {
  id: 'f1',
  isFile: false,
  exclude: [],
  recognise: true,
  addedAt: 0,
  documentCount: 1,
  unavailable: null,
  watchProblem: null,
};
