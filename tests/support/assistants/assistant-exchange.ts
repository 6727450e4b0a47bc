/** What an assistant program does with the library, by the protocol's own client, whatever carries the messages. */
import type { Client } from '@modelcontextprotocol/client';
import { expect } from 'vitest';

const textOf = (result: { content?: unknown }) => (result.content as { text: string }[])[0]!.text;

/** Against the small engine: one document, which holds `The lease ends in May.` */
export async function exchangeAsAssistant(client: Client): Promise<void> {
  expect(client.getServerVersion()?.name).toBe('llara');
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['search', 'read', 'similar', 'list', 'status']);
  for (const tool of tools) {
    expect(tool.annotations?.readOnlyHint).toBe(true);
    expect(tool.outputSchema).toBeDefined();
  }
  const call = (name: string, argumentObject: Record<string, unknown> = {}) =>
    client.callTool({ name, arguments: argumentObject });

  const link = 'llara://open?library=default&document=d1';
  const found = await call('search', { query: 'when does the lease end', filters: { type: ['pdf', 'md'] } });
  expect(found.structuredContent).toEqual({
    library: 'default',
    mode: 'lexical',
    notices: ['There is no encoder: searched by words.'],
    confident: null,
    leftOut: 0,
    documents: [
      {
        documentId: 'd1',
        title: 'Lease',
        path: '/documents/lease.pdf',
        link,
        certain: null,
        passages: [
          {
            text: 'The lease ends in May.',
            sentence: 'The lease ends in May.',
            headings: ['Terms'],
            page: 2,
            range: { start: 0, end: 22 },
            passageId: 'c1',
            link: `${link}&page=2`,
          },
        ],
      },
    ],
  });
  expect(textOf(found)).toBe(
    [
      'There is no encoder: searched by words.',
      '',
      `Lease (/documents/lease.pdf) documentId: d1, ${link}`,
      `[page 2, Terms, start: 0, end: 22, passageId: c1, ${link}&page=2]`,
      'Answers best: The lease ends in May.',
      'The lease ends in May.',
    ].join('\n'),
  );

  expect(textOf(await call('read', { documentId: 'd1', start: 4 }))).toBe(
    'Lease (/documents/lease.pdf), characters 4 to 22 of 22\n\nlease ends in May.',
  );
  const around = await call('read', { link, start: 10, end: 14, context: 6 });
  expect(around.structuredContent).toMatchObject({ text: 'lease ends in Ma', next: 20 });
  for (const [argumentObject, message] of [
    [{ documentId: 'nope' }, 'This document is no longer in the library.'],
    [{ documentId: 'd1', page: 9 }, '/documents/lease.pdf has no pages; there is no page 9 to read.'],
    [{ link: 'https://example.org' }, 'https://example.org is no link to a document of Llara.'],
    [{}, 'Name the document by documentId or by link, as search gives them.'],
  ] as const) {
    const failed = await call('read', argumentObject);
    expect([failed.isError, textOf(failed)]).toEqual([true, message]);
  }
  expect((await call('search', { query: '' })).isError).toBe(true);
  expect((await call('search', { query: 'x', filters: { colour: 'red' } })).isError).toBe(true);

  expect((await call('list', { what: 'libraries' })).structuredContent).toEqual({
    libraries: [{ name: 'default', documents: 2, encoder: null }],
  });
  expect((await call('list', { what: 'folders' })).structuredContent).toEqual({ folders: [] });
  expect((await call('list', { type: 'pdf', state: 'indexed' })).structuredContent).toMatchObject({
    next: null,
    documents: [{ documentId: 'd1', link }],
  });
  const first = (await call('list', { limit: 1 })).structuredContent as { next: number; total: number };
  expect(first).toMatchObject({ next: 1, documents: [{ documentId: 'd1' }] });
  expect((await call('list', { type: 'md' })).structuredContent).toMatchObject({ documents: [] });
  expect((await call('list', { filters: { tag: 'rent', type: ['pdf'] } })).structuredContent).toMatchObject({
    next: null,
    notices: ['There is no encoder: searched by words.'],
    documents: [{ documentId: 'd1', state: 'indexed', link }],
  });
  const both = await call('list', { filters: { tag: 'rent' }, state: 'failed' });
  expect([both.isError, textOf(both)]).toEqual([true, expect.stringContaining('in place of')]);

  expect((await call('similar', { documentId: 'd1', passageId: 'c1' })).structuredContent).toEqual({
    library: 'default',
    notices: [],
    documents: [],
    leftOut: 0,
  });
  const unknown = await call('similar', { link: `${link}9` });
  expect([unknown.isError, textOf(unknown)]).toEqual([true, 'This document is no longer in the library.']);
  expect((await call('status')).structuredContent).toMatchObject({
    libraries: [{ name: 'default', passages: 4, wordsOnlyReason: 'There is no encoder.' }],
  });

  const { resources } = await client.listResources();
  expect(resources).toMatchObject([{ uri: link, name: 'Lease', mimeType: 'text/plain' }]);
  const { resourceTemplates } = await client.listResourceTemplates();
  expect(resourceTemplates.map(({ name }) => name)).toEqual(['document', 'page']);
  expect((await client.readResource({ uri: link })).contents).toMatchObject([
    { uri: link, text: 'The lease ends in May.' },
  ]);
  await expect(client.readResource({ uri: link.replace('d1', 'd9') })).rejects.toThrow(
    /no longer in the library|not found/i,
  );
  await expect(client.readResource({ uri: 'file:///etc/passwd' })).rejects.toThrow();
}
