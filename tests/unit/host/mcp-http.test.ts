/** The Model Context Protocol at the loopback host: the same exchange as elsewhere, behind the same guard and token. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Host, startHost } from '../../../src-main/host/start-host.ts';
import { exchangeAsAssistant } from '../../support/assistants/assistant-exchange.ts';
import { expectReadingOnly, expectWriting } from '../../support/assistants/assistant-writing.ts';
import type { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import { createSmallEngine } from '../../support/fake-engine/small-engine.ts';

let engine: FakeEngine;
let host: Host;

beforeEach(async () => {
  engine = createSmallEngine();
  host = await startHost({ router: engine.router, rendererDirectory: null, version: '1.2.3' });
});
afterEach(async () => {
  await host.close();
  engine.close();
});

test.each(['legacy', 'auto'] as const)('an assistant program finds and reads (%s protocol)', async (mode) => {
  await withAssistant(mode, exchangeAsAssistant);
});

test('it changes nothing until the person allows it in the settings, which acts at once', async () => {
  await withAssistant('auto', (client) => expectReadingOnly(client, engine));
  engine.state.settings = { ...engine.state.settings, assistantsMayWrite: true };
  await withAssistant('auto', (client) => expectWriting(client, engine));
  engine.calls.length = 0;
  engine.state.settings = { ...engine.state.settings, assistantsMayWrite: false };
  await withAssistant('auto', (client) => expectReadingOnly(client, engine));
});

async function withAssistant(
  mode: 'legacy' | 'auto',
  exchange: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${host.url}/mcp`), {
      requestInit: { headers: { authorization: `Bearer ${host.token}` } },
    }),
  );
  try {
    await exchange(client);
  } finally {
    await client.close();
  }
}

test.each<[string, Record<string, string>, number]>([
  ['no token', {}, 401],
  ['a wrong token', { authorization: `Bearer ${'x'.repeat(43)}` }, 401],
  ['a foreign origin', { origin: 'https://evil.example' }, 403],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
])('%s is refused before anything is read', async (name, headers, status) => {
  const token = name.includes('token') ? {} : { authorization: `Bearer ${host.token}` };
  const response = await fetch(`${host.url}/mcp`, {
    method: 'POST',
    headers: { ...token, ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  expect(response.status).toBe(status);
});
