/** `llara mcp` as a real process, spoken to as an assistant program would: one JSON-RPC message per line. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Host, startHost } from '../../../src-main/host/start-host.ts';
import { createSmallEngine } from '../../support/fake-engine/small-engine.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

let home: string;
let host: Host;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'llara-mcp-'));
  host = await startHost({ router: createSmallEngine({ home }).router, rendererDirectory: null, home });
});
afterEach(async () => {
  await host.close();
  rmSync(home, { recursive: true });
});

test('an assistant program finds and reads, and its hanging up is the end', async () => {
  const child = spawn(process.execPath, ['src-main/cli/llara.js', 'mcp'], {
    cwd: repository,
    env: { ...process.env, LLARA_HOME: home },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let id = 0;
  const call = async (method: string, params: object) => {
    id += 1;
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    const { value } = await lines.next();
    const message = JSON.parse(String(value));
    expect(message.id).toBe(id);
    return message.result;
  };
  const callTool = async (name: string, argumentObject: object) => {
    const result = await call('tools/call', { name, arguments: argumentObject });
    return { isError: result.isError ?? false, text: result.content[0].text as string };
  };

  const hello = await call('initialize', {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'test', version: '1.0.0' },
  });
  expect(hello.serverInfo.name).toBe('llara');
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);

  const { tools } = await call('tools/list', {});
  expect(tools.map((tool: { name: string }) => tool.name)).toEqual(['search_documents', 'read_document']);
  for (const tool of tools) expect(tool.annotations.readOnlyHint).toBe(true);
  expect(tools[0].inputSchema).toMatchObject({ required: ['query'], properties: { limit: { maximum: 50 } } });

  expect(await callTool('search_documents', { query: 'when does the lease end' })).toEqual({
    isError: false,
    text: [
      'There is no encoder: searched by words.',
      '',
      'Lease (/documents/lease.pdf) documentId: d1',
      '[page 2, Terms, start: 0]',
      'The lease ends in May.',
    ].join('\n'),
  });
  expect((await callTool('read_document', { documentId: 'd1', start: 4 })).text).toBe(
    'Lease (/documents/lease.pdf), characters 4 to 22 of 22\n\nlease ends in May.',
  );
  expect(await callTool('read_document', { documentId: 'nope' })).toEqual({
    isError: true,
    text: 'This document is no longer in the library.',
  });
  expect((await callTool('search_documents', { query: '' })).isError).toBe(true);

  child.stdin.end();
  expect(await ended).toBe(0);
});
