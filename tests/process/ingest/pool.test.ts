/** The pool's limits: one file that is too slow, too large or too hungry ends alone, and its thread is replaced. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  ExtractionPool,
  type ExtractionPoolOptions,
} from '../../../src-main/library/extraction/extraction-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'llara-pool-'));
const sample = join(import.meta.dirname, '../../../resources/sample-library/contracts/rental-agreement.pdf');
let pool: ExtractionPool;
const open = (options?: ExtractionPoolOptions) => {
  pool = new ExtractionPool(options);
  return pool;
};
afterEach(() => pool.dispose());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** Seconds of work for the Markdown reader. */
const slowFile = () =>
  write(
    'slow.md',
    '| a '
      .repeat(30)
      .concat('\n')
      .repeat(40_000)
      .replace('\n', `\n${'|-'.repeat(30)}|\n`),
  );

describe('threads', () => {
  it('start with the first file, or before it where files are known to come', async () => {
    open({ workerCount: 2 });
    expect(pool.threadCount).toBe(0);
    pool.warmUp(0);
    expect(pool.threadCount).toBe(0);
    pool.warmUp(1);
    expect(pool.threadCount).toBe(1);
    pool.warmUp(7);
    expect(pool.threadCount).toBe(1);
    pool.warmUp(70);
    pool.warmUp(70);
    expect(pool.threadCount).toBe(2);
    const read = await Promise.all([pool.extract(sample), pool.extract(sample), pool.extract(sample)]);
    expect(read.map(({ outcome }) => outcome.state)).toEqual(['indexed', 'indexed', 'indexed']);
    expect(pool.threadCount).toBe(2);
    await pool.dispose();
    pool.warmUp(70);
    expect(pool.threadCount).toBe(0);
  });
});

describe('limits', () => {
  it('end a file that takes too long, while others are read', async () => {
    open({ workerCount: 2 });
    await pool.extract(sample);
    const [slow, ...others] = await Promise.all([
      pool.extract(slowFile(), { timeoutMs: 300 }),
      pool.extract(sample),
      pool.extract(sample),
      pool.extract(sample),
    ]);
    expect(slow!.outcome).toEqual({ state: 'failed', reason: 'Reading took longer than 0.3 s.' });
    for (const { outcome } of others) expect(outcome.state).toBe('indexed');
  });

  it('end a file that needs too much memory, and read the next one', async () => {
    open({ workerCount: 1, maxHeapMegabytes: 96 });
    const hungry = write('hungry.md', '- item\n'.repeat(2_000_000));
    const [failed, next] = await Promise.all([pool.extract(hungry), pool.extract(sample)]);
    expect(failed!.outcome).toMatchObject({ state: 'failed', reason: expect.stringContaining('memory') });
    expect(next!.outcome.state).toBe('indexed');
  });

  it('count what lies outside of the heap too', async () => {
    open({ workerCount: 1, maxMemoryMegabytes: 160 });
    const hungry = write('wide.txt', 'A long line of words. '.repeat(8_000_000));
    const [failed, next] = await Promise.all([pool.extract(hungry), pool.extract(sample)]);
    expect(failed!.outcome).toMatchObject({ state: 'failed', reason: expect.stringContaining('memory') });
    expect(next!.outcome.state).toBe('indexed');
  });

  it('refuse a file that is too large without reading it', async () => {
    open();
    const { outcome, contentHash } = await pool.extract(sample, { maxBytes: 1000 });
    expect(outcome).toMatchObject({ state: 'too-large', reason: expect.stringContaining('MB') });
    expect(contentHash).toBeNull();
  });
});

it('gives the hash of the bytes it read, also for what it cannot read', async () => {
  open();
  const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  const broken = write('broken.pdf', '%PDF-1.4 broken');
  expect((await pool.extract(sample)).contentHash).toBe(hash(sample));
  const { outcome, contentHash } = await pool.extract(broken);
  expect(outcome.state).toBe('failed');
  expect(contentHash).toBe(hash(broken));
});

it('says why a file cannot be opened', async () => {
  open();
  const { outcome } = await pool.extract(join(folder, 'nowhere.txt'));
  expect(outcome).toMatchObject({ state: 'failed', reason: expect.stringContaining('ENOENT') });
});

describe('cancelling', () => {
  it('rejects what runs and what waits, and leaves the pool usable', async () => {
    open({ workerCount: 1 });
    const controller = new AbortController();
    const { signal } = controller;
    const running = pool.extract(slowFile(), { signal });
    const waiting = pool.extract(sample, { signal });
    const other = pool.extract(sample);
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect(waiting).rejects.toThrow('enough');
    expect((await other).outcome.state).toBe('indexed');
    await expect(pool.extract(sample, { signal })).rejects.toThrow('enough');
  });

  it('happens to all that wait when the pool is disposed', async () => {
    open({ workerCount: 1 });
    const running = pool.extract(slowFile());
    const waiting = pool.extract(sample);
    const settled = Promise.allSettled([running, waiting]);
    await pool.dispose();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(pool.extract(sample)).rejects.toThrow('disposed');
    await pool.dispose();
  });
});

it('lets its process end without being disposed, and writes nothing of its own', () => {
  open();
  const script = `import { ExtractionPool } from ${JSON.stringify(join(import.meta.dirname, '../../../src-main/library/extraction/extraction-pool.ts'))};
    const { outcome } = await new ExtractionPool().extract(${JSON.stringify(sample)});
    console.log(outcome.state);`;
  const path = write('script.mts', script);
  expect(execFileSync(process.execPath, [path], { encoding: 'utf8', timeout: 60_000 })).toBe('indexed\n');
});
