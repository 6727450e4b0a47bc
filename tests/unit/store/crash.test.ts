import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ChunkStore } from '../../../src-main/store/chunk-store.ts';
import { documentCount, rowsOf } from './crash-writer.ts';
import { temporaryDirectory } from './fixtures.ts';
import { askedTerms } from './rows.ts';

const writer = fileURLToPath(new URL('./crash-writer.ts', import.meta.url));

/** Writes from `version` on until it is killed, some time after its first commit. Returns the last version it began. */
async function writeUntilKilled(directory: string, version: number, delayMs: number): Promise<number> {
  const child = spawn(process.execPath, [writer, directory, String(version)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  const exited = once(child, 'exit');
  while (output === '' && child.exitCode === null) await setTimeout(5);
  await setTimeout(delayMs);
  child.kill('SIGKILL');
  await exited;
  expect(child.signalCode).toBe('SIGKILL');
  return Number(output.trim().split('\n').at(-1)) + 1;
}

test('killed at six moments, the table opens, holds no mixture, and takes the same writes again', async () => {
  const directory = await temporaryDirectory();
  let version = 0;
  for (let round = 0; round < 6; round++) {
    const last = await writeUntilKilled(directory, version, round * 37);
    const store = await ChunkStore.open(directory);
    const set = await store.openSet('words', 0);
    for (const [documentId, { contentHash, rows }] of await set.documentVersions()) {
      const found = [];
      for await (const batch of set.readRows({ documentIds: [documentId] })) found.push(...batch);
      expect(new Set(found.map((row) => row.contentHash)), documentId).toEqual(new Set([contentHash]));
      expect(rows, documentId).toBe(rowsOf(documentId, Number(contentHash.slice(1))).length);
    }
    version = last + 1;
    const ids = Array.from({ length: documentCount }, (_, n) => `d${n}`);
    await set.replaceDocuments(ids.map((documentId) => ({ documentId, rows: rowsOf(documentId, version) })));
    expect(await set.countRows()).toBe(documentCount * rowsOf('d0', version).length);
    const hits = await set.findByWords({ any: askedTerms(`version ${version}`), limit: 1000 });
    expect(hits.length).toBe(documentCount * rowsOf('d0', version).length);
    await set.maintain({ force: true });
    await store.close();
  }
}, 180_000);

test('files that a kill left behind are cleared away in time', async () => {
  const directory = await temporaryDirectory();
  for (let round = 0; round < 3; round++) await writeUntilKilled(directory, round * 1000, 20);
  const store = await ChunkStore.open(directory);
  const set = await store.openSet('words', 0);
  const realNow = Date.now;
  Date.now = () => realNow() + 3_600_000;
  try {
    await set.maintain({ force: true });
  } finally {
    Date.now = realNow;
  }
  const data = await readdir(join(directory, 'passages.lance', 'data'));
  expect(data.length).toBeLessThanOrEqual(3);
  expect((await set.documentVersions()).size).toBeGreaterThan(0);
  await store.close();
}, 60_000);
