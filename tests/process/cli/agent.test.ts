/**
 * An assistant program from nothing to an answer: a folder is indexed, one command writes Llara into the program's configuration, and a
 * client that starts what stands there asks the library, as such programs do.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runLlara } from '../../support/run-llara.ts';

const sampleLibrary = fileURLToPath(new URL('../../../resources/sample-library', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'llara-agent-'));
const home = join(folder, 'data');
const environment = { HOME: folder, USERPROFILE: folder, CLAUDE_CONFIG_DIR: '' };
let client: Client;

async function connectInstalled(...options: string[]): Promise<Client> {
  const installed = await runLlara(['mcp', 'install', 'claude-code', ...options], { home, environment });
  expect(installed.code, installed.messages).toBe(0);
  const { mcpServers } = JSON.parse(readFileSync(join(folder, '.claude.json'), 'utf8'));
  const { command, args, env } = mcpServers.llara;
  const connected = new Client({ name: 'test', version: '1.0.0' });
  // Such programs pass little of their own environment on, and start elsewhere.
  const transport = new StdioClientTransport({
    command,
    args,
    env: { ...getDefaultEnvironment(), ...env },
    cwd: folder,
  });
  await connected.connect(transport);
  return connected;
}

beforeAll(async () => {
  const indexed = await runLlara(['index', sampleLibrary], { home });
  expect(indexed.code, indexed.messages).toBe(0);
  client = await connectInstalled();
});
afterAll(async () => {
  await client?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Found = {
  documents: {
    documentId: string;
    path: string;
    link: string;
    passages: {
      text: string;
      page: number | null;
      range: { start: number; end: number };
      passageId: string;
    }[];
  }[];
};
const call = async (name: string, input: Record<string, unknown>) => {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: input });
  expect(isError, JSON.stringify(content)).not.toBe(true);
  return structuredContent as Found & { text: string };
};

test('it asks, and reads what it was shown, where it was shown', async () => {
  const { documents } = await call('search', { query: 'does a dog need the agreement of the landlady' });
  const [best] = documents;
  expect(best!.path).toMatch(/rental-agreement\.pdf$/);
  const passage = best!.passages.find(({ text }) => /dog/.test(text))!;
  expect(passage.page).toBe(2);
  const read = await call('read', { link: best!.link, ...passage.range, context: 0 });
  expect(read.text).toBe(passage.text);
});

test('it narrows, lists by filters, and goes on to what resembles a find', async () => {
  const { documents } = await call('search', { query: 'glaze', filters: { type: 'md' } });
  expect(documents.length).toBeGreaterThan(0);
  for (const { path } of documents) expect(path).toMatch(/\.md$/);
  const listed = await call('list', { filters: { type: 'pdf' }, limit: 3 });
  expect(listed.documents).toHaveLength(3);
  for (const { path } of listed.documents) expect(path).toMatch(/\.pdf$/);
  const [{ documentId, passages }] = documents as [Found['documents'][number]];
  const similar = await call('similar', { documentId, passageId: passages[0]!.passageId, limit: 3 });
  expect(similar.documents).toHaveLength(3);
  expect(similar.documents.map((other) => other.documentId)).not.toContain(documentId);
});

test('it tags what it was shown once the person allows that, and has the folder read again', async () => {
  await client.close();
  client = await connectInstalled('--allow-writing');
  const [best] = (await call('search', { query: 'glaze', filters: { type: 'md' }, limit: 1 })).documents;
  await call('tag', { link: best!.link, add: ['pottery/glazes'] });
  const { documents } = await call('search', { query: 'glaze', filters: { tag: 'pottery' } });
  expect(documents.map(({ path }) => path)).toEqual([best!.path]);
  const outside = await client.callTool({ name: 'index', arguments: { folder } });
  expect(outside.isError).toBe(true);
  await call('index', { folder: sampleLibrary });
  await expect
    .poll(async () => ((await call('status', {})) as unknown as { jobs: unknown[] }).jobs, {
      timeout: 120_000,
    })
    .toEqual([]);
  expect((await call('search', { query: 'tag:pottery/glazes' })).documents).toHaveLength(1);
});
