/** The three examples of the client in docs/guide/client.md, run against an engine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, connectTo } from '../../../../src-main/cli/client/client.ts';
import { type Host, startHost } from '../../../../src-main/host/start-host.ts';
import type { FakeEngine } from '../../../support/fake-engine/fake-engine.ts';
import { createSmallEngine } from '../../../support/fake-engine/small-engine.ts';

let home: string;
let engine: FakeEngine;
let host: Host;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'llara-client-'));
  engine = createSmallEngine({ home });
  host = await startHost({ router: engine.router, rendererDirectory: null, home });
});
afterEach(async () => {
  await host.close();
  engine.close();
  rmSync(home, { recursive: true });
});

test('ask a question', async () => {
  const client = await connect({ home });
  const { groups } = await client.search.query({ query: 'when does the lease end', limit: 5 });
  const lines = groups.map(({ document, hits }) => `${document.path}: ${hits[0]?.snippet}`);
  expect(lines).toEqual(['/documents/lease.pdf: The lease ends in May.']);
});

test('read a document', async () => {
  const client = connectTo(host);
  const { documents } = await client.documents.list({ state: 'indexed' });
  const { text } = await client.documents.text({ documentId: documents[0]!.id });
  expect(text).toBe('The lease ends in May.');
});

test('index, and follow the job to its end', async () => {
  const client = await connect({ home });
  const { jobId } = await client.libraries.index({});
  const events = await client.engine.events();
  for await (const event of events) {
    const isDone = event.type === 'job' && event.job.id === jobId && event.job.endedAt !== null;
    if (isDone || (await client.jobs.get({ jobId })).endedAt !== null) break;
  }
  expect((await client.jobs.get({ jobId })).state).toBe('completed');
});

test('without an engine it says what to do', async () => {
  await expect(connect({ home: join(home, 'none') })).rejects.toThrow(
    /No engine runs on .*none\. Start one: llara serve/,
  );
});
