/** `llara ask` and `llara models chat` as real processes, and the tool of an assistant, against an engine of pretence. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Host, startHost } from '../../../src-main/host/start-host.ts';
import type { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import { createSmallEngine } from '../../support/fake-engine/small-engine.ts';
import { runLlara } from '../../support/run-llara.ts';

let home: string;
let engine: FakeEngine;
let host: Host;
const llara = (...words: string[]) => runLlara(words, { home });

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'llara-ask-'));
  engine = createSmallEngine({ home });
  host = await startHost({ router: engine.router, rendererDirectory: null, home });
});
afterEach(async () => {
  await host.close();
  engine.close();
  rmSync(home, { recursive: true });
});

test('an answer is printed with its sources, and what is not supported is marked', async () => {
  await llara('models', 'chat', 'http://127.0.0.1:1234');
  const { code, output, messages } = await llara('ask', 'when', 'does', 'it', 'end');
  expect(messages).toBe('There is no encoder: searched by words.\n');
  expect(output).toBe(
    [
      'The lease ends in May. [1] See https://evil.example/ for more. [?]',
      '',
      '[1] Lease, page 2  /documents/lease.pdf',
      '',
      '[?] No passage was found that says so.',
      '',
    ].join('\n'),
  );
  expect(code).toBe(0);
  const json = await llara('ask', 'when', 'does', 'it', 'end', '--json');
  expect(JSON.parse(json.output)).toMatchObject({
    outcome: 'answered',
    model: 'fake-chat',
    sentences: [{ passages: [1], isSupported: true }, { isSupported: false }],
    passages: [{ number: 1, page: 2 }],
  });
});

test('what is not in the documents has an exit code of its own', async () => {
  await llara('models', 'chat', 'http://127.0.0.1:1234');
  expect(await llara('ask', 'nothing')).toMatchObject({ code: 3, output: 'Not in your documents.\n' });
});

test('without a chat model it says how to choose one', async () => {
  const { code, messages } = await llara('ask', 'when');
  expect({ code, messages }).toEqual({ code: 1, messages: 'llara: No chat model is chosen.\n' });
});

test('who writes is chosen, shown, and chosen no more', async () => {
  expect((await llara('models', 'chat')).output).toMatch(/^Nobody writes answers\./);
  const chosen = await llara('models', 'chat', 'http://127.0.0.1:1234', '--name', 'fake-chat');
  expect(chosen.output).toMatch(/^Answers are written by fake-chat at http:\/\/127\.0\.0\.1:1234\./);
  const unknown = await llara('models', 'chat', 'http://127.0.0.1:1234', '--name', 'other');
  expect(unknown.messages).toMatch(/no model "other"\. It has: fake-chat/);
  expect((await llara('models', 'chat', 'gpt')).messages).toMatch(/There is no chat model "gpt"/);
  expect((await llara('models', 'chat', 'none')).output).toMatch(/^Nobody writes answers\./);
});

test('an assistant has the tool only where somebody writes', async () => {
  const connected = async () => {
    const client = new Client({ name: 'test', version: '1.0.0' });
    const requestInit = { headers: { authorization: `Bearer ${host.token}` } };
    await client.connect(new StreamableHTTPClientTransport(new URL(`${host.url}/mcp`), { requestInit }));
    return client;
  };
  const before = await connected();
  expect((await before.listTools()).tools.map(({ name }) => name)).not.toContain('ask');
  await before.close();
  engine.state.settings = { ...engine.state.settings, chatSource: 'server' };
  const client = await connected();
  expect((await client.listTools()).tools.map(({ name }) => name)).toContain('ask');
  const { content, structuredContent } = await client.callTool({
    name: 'ask',
    arguments: { question: 'when?' },
  });
  expect((content as { text: string }[])[0]?.text).toBe(
    'The lease ends in May. [1] See https://evil.example/ for more. [not supported by a passage]\n\n' +
      '[1] Lease, page 2 (/documents/lease.pdf) llara://open?library=default&document=d1&page=2',
  );
  expect(structuredContent).toMatchObject({ outcome: 'answered', model: 'fake-chat' });
  await client.close();
});
