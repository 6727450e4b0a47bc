/** A client that leaves while a file is being sent takes nothing with it, whenever it leaves; one that stays gets it whole. */
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { streamFormData } from '../../../src-main/host/stream-form-data.ts';

const file = new Uint8Array(5_000_000).map((_, index) => index % 251);
const answer = (blob = new Blob([file], { type: 'application/pdf' })) => {
  const body = new FormData();
  body.append('data', '{"json":{}}');
  body.append('0', blob);
  return streamFormData({ status: 200, headers: { 'x-kept': 'yes' }, body });
};

test('the whole answer arrives, with the headers it had', async () => {
  const { status, headers, body } = answer();
  const response = new Response(body as ReadableStream, {
    status,
    headers: { 'content-type': String(headers['content-type']) },
  });
  const form = await response.formData();
  expect(form.get('data')).toBe('{"json":{}}');
  const received = new Uint8Array(await (form.get('0') as Blob).arrayBuffer());
  expect(Buffer.compare(received, file)).toBe(0);
  expect(headers['x-kept']).toBe('yes');
});

test('an answer without form data is left alone', () => {
  const response = { status: 200, headers: {}, body: { some: 'object' } };
  expect(streamFormData(response)).toBe(response);
});

const folder = mkdtempSync(join(tmpdir(), 'llara-sent-'));
const path = join(folder, 'file.pdf');
writeFileSync(path, file);
afterAll(() => rmSync(folder, { recursive: true }));

const inMemory = new Blob([file]);

test.each([
  ['a file in memory', async () => inMemory],
  ['a file on disk', () => openAsBlob(path)],
])('leaving at any moment ends in nothing that nobody catches: %s', async (_, open) => {
  const uncaught: unknown[] = [];
  const hear = (reason: unknown) => uncaught.push(reason);
  process.on('unhandledRejection', hear);
  try {
    for (let round = 0; round < 400; round += 1) {
      const sent = Readable.fromWeb(answer(await open()).body as import('node:stream/web').ReadableStream);
      sent.on('error', () => {});
      sent.resume();
      if (round % 8 === 0) await new Promise(setImmediate);
      else await delay(round % 8);
      sent.destroy();
    }
    await delay(100);
  } finally {
    process.off('unhandledRejection', hear);
  }
  expect(uncaught).toEqual([]);
});
