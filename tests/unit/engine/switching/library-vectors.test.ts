/** What a library is searched with while it changes from one set of vectors to another. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { EncoderPool } from '../../../../src-main/engine/encoder-pool.ts';
import { LibraryVectors, vectorSetOf } from '../../../../src-main/engine/library-vectors.ts';
import {
  closeLibraryDatabase,
  openLibraryDatabase,
} from '../../../../src-main/library/manifest/library-database.ts';
import { VectorSetTable } from '../../../../src-main/library/manifest/vector-set-table.ts';
import { letterEncoder } from '../../search/fixtures.ts';

it('is searched with the encoder before until the next one is loaded', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'llara-switching-'));
  const database = openLibraryDatabase(directory);
  const before = letterEncoder();
  const next = letterEncoder({ info: { ...before.info, id: 'next', name: 'next' } });
  const loading = Promise.withResolvers<typeof next>();
  const encoders = {
    getDefault: async () => before,
    get: async (id: string) => (id === 'next' ? await loading.promise : before),
    problem: () => null,
  } as unknown as EncoderPool;
  const sets = new VectorSetTable(database);
  const vectors = await LibraryVectors.open(sets, directory, encoders);
  onTestFinished(async () => {
    await vectors.close();
    closeLibraryDatabase(database, directory);
    rmSync(directory, { recursive: true });
  });
  const set = vectorSetOf(next, 'building');
  sets.add(set);
  const [activeBefore, switching] = [vectors.active, vectors.activate(set)];
  await vectors.store.openSet(set.id, set.dimension);
  expect(vectors.encoder).toBe(before);
  expect(vectors.active).toBe(activeBefore);
  loading.resolve(next);
  await switching;
  expect(vectors.encoder).toBe(next);
  expect(vectors.active.id).toBe(set.id);
  expect(vectors.wordsOnlyReason).toBeNull();
});
