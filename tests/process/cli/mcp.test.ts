/** `llara mcp` as a real process, spoken to by the protocol's own client over standard input and output. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Host, startHost } from '../../../src-main/host/start-host.ts';
import { exchangeAsAssistant } from '../../support/assistants/assistant-exchange.ts';
import { expectReadingOnly, expectWriting } from '../../support/assistants/assistant-writing.ts';
import type { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import { createSmallEngine } from '../../support/fake-engine/small-engine.ts';
import { runLlara } from '../../support/run-llara.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

let home: string;
let engine: FakeEngine;
let host: Host;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'llara-mcp-'));
  engine = createSmallEngine({ home });
  host = await startHost({ router: engine.router, rendererDirectory: null, home });
});
afterEach(async () => {
  await host.close();
  rmSync(home, { recursive: true });
});

async function withAssistant(words: string[], exchange: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['src-main/cli/llara.js', 'mcp', ...words],
    cwd: repository,
    env: { ...(process.env as Record<string, string>), LLARA_HOME: home },
  });
  await client.connect(transport);
  try {
    await exchange(client);
  } finally {
    await client.close();
  }
}

test('an assistant program finds and reads over standard input and output', () =>
  withAssistant([], exchangeAsAssistant));

test('it changes nothing unless its own command line allows it, whatever the setting for others says', async () => {
  engine.state.settings = { ...engine.state.settings, assistantsMayWrite: true };
  await withAssistant([], (client) => expectReadingOnly(client, engine));
  engine.state.settings = { ...engine.state.settings, assistantsMayWrite: false };
  await withAssistant(['--allow-writing'], (client) => expectWriting(client, engine));
});

test('its hanging up is the end', async () => {
  const { code, output } = await runLlara(['mcp'], { home });
  expect({ code, output }).toEqual({ code: 0, output: '' });
});
