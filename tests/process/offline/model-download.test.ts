/**
 * The download of a model against a server of this machine that misbehaves: it cuts connections, states a wrong checksum, announces
 * more than the disk holds, sends something else. Whatever happens, only a whole and usable file is put in place.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JobProgress } from '../../../src-main/contract/jobs.ts';
import { JobControl } from '../../../src-main/engine/jobs/job-control.ts';
import { downloadModel } from '../../../src-main/engine/models/download-model.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import { type FileServer, serveFile } from '../../support/serve-file.ts';

const megabyte = 1 << 20;

describe('downloading a model', () => {
  let scratch: string;
  let models: string;
  let server: FileServer | undefined;
  let content: Buffer;
  let heard: JobProgress[];
  let control: JobControl;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'llara-tiny-'));
    await makeTinyLlama(await NativeRuntime.create(), join(folder, 'tiny.gguf'));
    // Several of the pieces in which the downloader fetches.
    content = Buffer.concat([readFileSync(join(folder, 'tiny.gguf')), Buffer.alloc(60 * megabyte, 7)]);
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'llara-download-'));
    models = join(scratch, 'models');
    newControl();
  });
  afterEach(async () => {
    await server?.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  const newControl = () => {
    heard = [];
    control = new JobControl({ onProgress: (progress) => heard.push(progress), onLog: () => {} });
  };
  const checksum = () => createHash('sha256').update(content).digest('hex');
  const download = () =>
    downloadModel({ name: 'Tiny', url: server!.url, fileName: 'tiny.gguf' }, models, control);
  const placed = () => join(models, checksum().slice(0, 16), 'tiny.gguf');
  const leftovers = () =>
    existsSync(join(models, 'downloads')) ? readdirSync(join(models, 'downloads')) : [];

  it('puts the whole file in place, tells how far it is, and leaves nothing else behind', async () => {
    server = await serveFile(content, { sha256: checksum() });
    expect(await download()).toBe(placed());
    expect(readFileSync(placed()).equals(content)).toBe(true);
    expect(leftovers()).toEqual([]);
    expect(heard.map(({ phase }) => phase)).toContain('checking');
    expect(heard.findLast(({ phase }) => phase === 'downloading')).toMatchObject({
      done: content.length,
      total: content.length,
      unit: 'bytes',
    });
  });

  it('goes on by itself when connections are cut, without fetching everything again', async () => {
    server = await serveFile(content, { sha256: checksum(), cutAfterBytes: 9 * megabyte, cuts: 2 });
    await download();
    expect(server.cutCount).toBe(2);
    expect(readFileSync(placed()).equals(content)).toBe(true);
    expect(server.sentBytes).toBeLessThan(content.length * 2);
  });

  it('goes on where it was, after it was cancelled in the middle', async () => {
    server = await serveFile(content, { sha256: checksum(), bytesPerSecond: 10 * megabyte });
    const first = download();
    first.catch(() => undefined);
    await expect.poll(() => server!.sentBytes, { timeout: 20_000 }).toBeGreaterThan(40 * megabyte);
    control.cancel(new Error('cancelled by the person'));
    await expect(first).rejects.toThrow('cancelled by the person');
    expect(existsSync(placed())).toBe(false);
    const sentBefore = server.sentBytes;
    newControl();
    await download();
    expect(readFileSync(placed()).equals(content)).toBe(true);
    expect(server.sentBytes - sentBefore).toBeLessThan(content.length - 16 * megabyte);
    expect(leftovers()).toEqual([]);
  });

  it('fetches once more what arrived damaged', async () => {
    server = await serveFile(content, { sha256: checksum(), isDamagedAtFirst: true });
    await download();
    expect(readFileSync(placed()).equals(content)).toBe(true);
    expect(server.sentBytes).toBeGreaterThanOrEqual(content.length * 2);
    expect(leftovers()).toEqual([]);
  });

  it('fetches nothing while it is paused', async () => {
    server = await serveFile(content, { sha256: checksum(), bytesPerSecond: 16 * megabyte });
    const downloading = download();
    await expect.poll(() => server!.sentBytes, { timeout: 20_000 }).toBeGreaterThan(6 * megabyte);
    control.pause();
    // What was asked for at that very moment may still come; then nothing does.
    const isQuiet = async () => {
      const sent = server!.sentBytes;
      await new Promise((resolve) => setTimeout(resolve, 700));
      return server!.sentBytes === sent;
    };
    await expect.poll(isQuiet, { timeout: 20_000 }).toBe(true);
    expect(server.sentBytes).toBeLessThan(content.length);
    expect(existsSync(placed())).toBe(false);
    control.resume();
    await downloading;
    expect(readFileSync(placed()).equals(content)).toBe(true);
  });

  it.each([
    ['a wrong checksum', { sha256: 'a'.repeat(64) }, 'download-invalid', /damaged twice/],
    [
      'more than the disk holds',
      { statedBytes: 1e15 },
      'disk-full',
      /needs 1000000\.0 GB and .* GB are free/,
    ],
    ['no such file', { status: 404 }, 'not-found', /HTTP 404/],
    ['something that is no model', { body: 'a web page' }, 'model-invalid', /tiny\.gguf/],
  ] as const)('refuses %s in words, and keeps nothing of it', async (_, behaviour, code, message) => {
    const { body, ...rest } = { body: undefined, ...behaviour };
    server = await serveFile(body === undefined ? content : Buffer.from(body), rest);
    const failed = await download().then(
      () => null,
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(existsSync(placed())).toBe(false);
    expect(leftovers()).toEqual([]);
    if (code === 'disk-full' || code === 'not-found') expect(server.sentBytes).toBe(0);
  });

  it('says that the server cannot be reached', async () => {
    server = await serveFile(content, {});
    const { url } = server;
    await server.close();
    await expect(
      downloadModel({ name: 'Tiny', url, fileName: 'tiny.gguf' }, models, control),
    ).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('cannot be reached at 127.0.0.1'),
    });
  });
});
