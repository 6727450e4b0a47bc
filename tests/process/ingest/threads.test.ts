/** How many threads read: starting one takes longer than reading some small files, so a second one comes only where files wait for the first. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ExtractionPool } from '../../../src-main/library/extraction/extraction-pool.ts';

const started = vi.hoisted(() => ({ count: 0 }));
vi.mock('node:worker_threads', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:worker_threads')>();
  class Worker extends original.Worker {
    constructor(...given: ConstructorParameters<typeof original.Worker>) {
      super(...given);
      started.count += 1;
    }
  }
  return { ...original, Worker };
});

const folder = mkdtempSync(join(tmpdir(), 'llara-threads-'));
const write = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
let pool: ExtractionPool;
const open = (patienceMs: number) => {
  pool = new ExtractionPool({ workerCount: 2, patienceMs });
};
beforeEach(() => {
  started.count = 0;
});
afterEach(() => pool.dispose());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is one for a few small files', async () => {
  open(60_000);
  const paths = ['lease', 'soup', 'kiln'].map((name) => write(`${name}.txt`, `All about the ${name}.`));
  const read = await Promise.all(paths.map((path) => pool.extract(path)));
  expect(read.map(({ outcome }) => outcome.state)).toEqual(['indexed', 'indexed', 'indexed']);
  expect(started.count).toBe(1);
});

it('is two where others wait for a slow one', async () => {
  open(50);
  const controller = new AbortController();
  // A table of this size keeps the reader of Markdown busy until it is told to stop.
  const table = '| a '
    .repeat(30)
    .concat('\n')
    .repeat(200_000)
    .replace('\n', `\n${'|-'.repeat(30)}|\n`);
  const slow = pool.extract(write('slow.md', table), { signal: controller.signal });
  const ended = vi.fn();
  slow.then(ended, ended);
  const { outcome } = await pool.extract(write('note.txt', 'A note.'));
  expect(outcome.state).toBe('indexed');
  expect(ended).not.toHaveBeenCalled();
  expect(started.count).toBe(2);
  controller.abort(new Error('enough'));
  await expect(slow).rejects.toThrow('enough');
});
