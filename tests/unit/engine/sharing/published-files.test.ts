/** Files that travel beside a shared library's tables: the adapter of the set in use and the words of its encoder, and no others. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connect } from '@lancedb/lancedb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VectorSet } from '../../../../src-main/contract/libraries.ts';
import { PublishedFiles } from '../../../../src-main/engine/sharing/published-files.ts';
import { rowsSchema, StoreRows } from '../../../../src-main/store/storage/store-rows.ts';

const set = (adapter: string | null): VectorSet => ({
  id: 'set',
  encoder: 'encoder',
  encoderName: 'Encoder',
  adapter,
  dimension: 8,
  state: 'active',
});

let scratch: string;
let rows: StoreRows;
beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'llara-files-'));
  const connection = await connect(join(scratch, 'store'));
  rows = new StoreRows(await connection.createEmptyTable('_library', rowsSchema));
});
afterEach(() => {
  rows.close();
  rmSync(scratch, { recursive: true, force: true });
});

const path = (side: string, name: string) => join(scratch, side, name);
function put(name: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path('writer', name)), { recursive: true });
  writeFileSync(path('writer', name), bytes);
}

test('what the active set needs arrives as it is, changes as it changes, and goes when it is needed no more', async () => {
  const writer = new PublishedFiles(join(scratch, 'writer'), rows);
  const reader = new PublishedFiles(join(scratch, 'reader'), rows);
  const adapter = Uint8Array.from({ length: 5000 }, (_, index) => (index * 7) % 256);
  put('adapters/a1.gguf', adapter);
  put('adapters/other.gguf', adapter);
  put('words/encoder.bin', Uint8Array.of(1, 2, 3));
  expect(await writer.publish(set('a1'))).toBe(true);
  expect(await writer.publish(set('a1'))).toBe(false);
  await rows.refresh();
  expect(await reader.receive(set('a1'))).toBe(true);
  expect(await reader.receive(set('a1'))).toBe(false);
  expect(new Uint8Array(readFileSync(path('reader', 'adapters/a1.gguf')))).toEqual(adapter);
  expect(existsSync(path('reader', 'adapters/other.gguf'))).toBe(false);

  put('words/encoder.bin', Uint8Array.of(9, 9));
  expect(await writer.publish(set('a1'))).toBe(true);
  // Another process of the reader, which finds its files from before.
  const again = new PublishedFiles(join(scratch, 'reader'), rows);
  expect(await again.receive(set('a1'))).toBe(true);
  expect([...readFileSync(path('reader', 'words/encoder.bin'))]).toEqual([9, 9]);

  expect(await writer.publish(set(null))).toBe(true);
  expect([...(await rows.digests('file/')).keys()]).toEqual(['file/words/encoder.bin']);
  expect(await again.receive(set('a1'))).toBe(true);
  expect(existsSync(path('reader', 'adapters/a1.gguf'))).toBe(false);
});
