/** When a reranker is loaded and let go, and that nobody waits for it without end. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../../src-main/common/app-error.ts';
import type { ModelRegistry } from '../../../src-main/engine/models/model-registry.ts';
import { RerankerPool, type RerankerPoolOptions } from '../../../src-main/engine/searching/reranker-pool.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { makeTinyBert } from '../models/make-tiny-bert.ts';

const scratch = scratchFolder();
const original = join(scratch, 'original.gguf');
const path = join(scratch, 'reranker.gguf');
const texts = ['it ends in may.', 'a fox.'];
const long = Array.from({ length: 30 }, () => 'the lease ends in may '.repeat(20));
let chosen = '';
let looked: string[] = [];
let pool: RerankerPool;

function open(options: Partial<RerankerPoolOptions> = {}): void {
  const models = {
    find: async (id: string) => {
      looked.push(id);
      if (id === 'gone') throw new AppError('model-missing', 'It is not here.');
      return { path };
    },
  } as unknown as ModelRegistry;
  const computing = () => ({ device: 'cpu', threads: 1 });
  pool = new RerankerPool({ models, chosen: () => chosen, computing, ...options });
}

beforeAll(async () => {
  const shape = { layerCount: 6, width: 256, headCount: 4, feedForward: 512, contextLength: 512 };
  await makeTinyBert(await NativeRuntime.create(), original, { ...shape, poolingType: 4, hasHead: true });
});
beforeEach(() => {
  chosen = 'tiny';
  looked = [];
  copyFileSync(original, path);
});
afterEach(async () => await pool.close());

const ask = async (signal?: AbortSignal, asked: readonly string[] = texts) =>
  await pool.rerank!('when does it end', asked, signal);

it('asks nobody while none is chosen', () => {
  open();
  chosen = '';
  expect(pool.rerank).toBeUndefined();
});

it('loads it once for several questions, and says what the last one took', async () => {
  open();
  expect(pool.questionMs.size).toBe(0);
  const [one, other] = await Promise.all([ask(), ask()]);
  expect(one).toEqual(other);
  await ask();
  expect(looked).toEqual(['tiny']);
  expect(pool.questionMs.get('tiny')).toBeGreaterThan(0);
});

it('lets go of it once another one is chosen, or nobody has asked for a while', async () => {
  open({ idleMs: 1 });
  await ask();
  await expect
    .poll(async () => {
      await ask();
      return looked.length;
    })
    .toBeGreaterThan(1);
  await pool.close();
  open();
  looked = [];
  await ask();
  chosen = 'other';
  await pool.follow();
  await ask();
  expect(looked).toEqual(['tiny', 'other']);
});

it('tries again with the next question where it could not be loaded', async () => {
  open();
  chosen = 'gone';
  await expect(ask()).rejects.toMatchObject({ code: 'model-missing' });
  await expect(ask()).rejects.toMatchObject({ code: 'model-missing' });
  expect(looked).toEqual(['gone', 'gone']);
  chosen = 'tiny';
  expect(await ask()).toHaveLength(2);
  rmSync(path);
  expect(await ask()).toHaveLength(2);
});

it('gives what it has read where there is no time for more', async () => {
  let calls = 0;
  const rank = (_: string, read: readonly string[], signal?: AbortSignal) =>
    new Promise<number[]>((resolve, reject) => {
      calls += 1;
      if (calls <= 2) resolve(read.map((_, index) => 10 * calls + index));
      else if (signal!.aborted) reject(signal!.reason);
      else signal!.addEventListener('abort', () => reject(signal!.reason));
    });
  const create = async () => ({ name: 'slow', device: 'none', rank, dispose: async () => {} });
  open({ create, longestMs: 1 });
  const scores = await ask(undefined, long);
  expect(scores).toEqual([
    ...Array.from({ length: 8 }, (_, at) => 10 + at),
    ...Array.from({ length: 8 }, (_, at) => 20 + at),
  ]);
});

it('is not waited for beyond its time, nor once aborted, nor once it is put away', async () => {
  open({ longestMs: 1 });
  await expect(ask(undefined, long)).rejects.toThrow(
    /tiny-bert read nothing within .* Choose a smaller reranker/,
  );
  await pool.close();
  open();
  await ask();
  const left = new AbortController();
  const reason = new Error('No longer wanted.');
  const aborted = ask(left.signal, long);
  left.abort(reason);
  await expect(aborted).rejects.toBe(reason);
  const put = ask(undefined, long);
  put.catch(() => undefined);
  await pool.close();
  await expect(put).rejects.toThrow(/put away meanwhile/);
});
