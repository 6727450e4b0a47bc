/**
 * On a disk that is full, or that may only be read, every piece of work ends with a failure that has a name, searches go on, and nothing is lost:
 * with room again, everything is as if nothing had happened. Where no small disk can be mounted this is skipped, aloud.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Engine } from '../../../src-main/engine/engine.ts';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';
import { switchRequest } from '../../../src-main/engine/jobs/kinds/switch-job.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';
import { noDiskReason, SmallDisk } from './small-disk.ts';

const scratch = mkdtempSync(join(tmpdir(), 'llara-disk-'));
const reason = noDiskReason(scratch);
rmSync(scratch, { recursive: true, force: true });
if (reason) console.warn(`SKIPPED: faults of the disk are not tested, since ${reason}.`);

describe.skipIf(reason !== null)('a disk', () => {
  let test: TestEngine;
  let disk: SmallDisk;
  let engine: Engine;
  const home = () => join(disk.path, 'home');
  const client = () => createRouterClient(createRouter(engine));
  const open = async () => {
    engine = await Engine.open({ home: home(), bundledModels: test.models });
  };
  const run = async () => await engine.jobs.wait(engine.jobs.submit(indexRequest('default')).id);
  const found = async () => {
    const { groups } = await client().search.query({ query: 'who repaired the roof', limit: 200 });
    return groups.map(({ document }) => document.relativePath).sort();
  };

  beforeEach(async () => {
    test = new TestEngine();
    await test.makeModel();
    disk = new SmallDisk(test.scratch, 48);
    await open();
    writeTextFolder(test.path('papers'), 12);
    await client().folders.add({ path: test.path('papers'), exclude: ['*.tmp'] });
    await Promise.all(engine.jobs.list().map(({ id }) => engine.jobs.wait(id)));
  });
  afterEach(async () => {
    await engine.close();
    disk.dispose();
    await test.close();
  });

  /** What a person did is there, after a restart too. */
  const expectNothingLost = async () => {
    expect(engine.libraries.get('default').folders.list()).toMatchObject([
      { path: test.path('papers'), exclude: ['*.tmp'] },
    ]);
    await engine.close();
    await open();
    await Promise.all(engine.jobs.list().map(({ id }) => engine.jobs.wait(id)));
    expect(await run()).toMatchObject({ state: 'completed' });
    expect((await client().engine.examine({})).findings).toEqual([]);
  };

  it.each(process.env.FAULTS === 'all' ? [0, 64, 256, 1024] : [0, 256])(
    'that fills up while words are written (%i KB left)',
    async (leave) => {
      const before = await found();
      writeTextFolder(test.path('papers', 'more'), 120, 'more');
      disk.fill(leave * 1024);
      const job = await run();
      expect(job).toMatchObject({ state: 'failed', failure: { code: 'disk-full', retryable: true } });
      expect(await found()).toEqual(expect.arrayContaining(before.slice(0, 1)));
      disk.free();
      expect(await run()).toMatchObject({ state: 'completed' });
      expect(engine.libraries.get('default').documents.counts().indexed).toBe(132);
      await expectNothingLost();
    },
  );

  it('that fills up while vectors are written', async () => {
    const before = await found();
    const other = await test.makeModel('other.gguf', { seed: 'other' } as never);
    const { id } = await client().models.import({ path: other });
    const request = switchRequest({ library: 'default', modelId: id, adapterId: null }, 'Switch');
    disk.fill();
    const job = await engine.jobs.wait(engine.jobs.submit(request).id);
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'disk-full' } });
    expect(await found()).toEqual(before);
    disk.free();
    expect(await engine.jobs.wait(engine.jobs.retry(job.id).id)).toMatchObject({ state: 'completed' });
    await expectNothingLost();
  });

  it('that is full when settings, feedback and folders are stored', async () => {
    const { groups } = await client().search.query({ query: 'roof' });
    const { chunkId } = groups[0]!.hits[0]!;
    await client().settings.update({ theme: 'dark' });
    disk.fill();
    const full = { data: { code: 'disk-full' }, message: expect.stringMatching(/full/) };
    writeTextFolder(test.path('others'), 1);
    const long = Array.from({ length: 20_000 }, (_, number) => `pattern-${number}`);
    await expect(client().settings.update({ device: 'x'.repeat(200_000) })).rejects.toMatchObject(full);
    await expect(
      client().search.feedback({ query: 'roof '.repeat(50_000), chunkId, verdict: 'helpful' }),
    ).rejects.toMatchObject(full);
    await expect(client().folders.add({ path: test.path('others'), exclude: long })).rejects.toMatchObject(
      full,
    );
    expect((await client().settings.get()).theme).toBe('dark');
    expect((await found()).length).toBeGreaterThan(0);
    disk.free();
    await client().search.feedback({ query: 'roof', chunkId, verdict: 'helpful' });
    expect(engine.libraries.get('default').memory.feedback()).toHaveLength(1);
    await expectNothingLost();
  });

  it('that is full when a library is exported and imported', async () => {
    disk.fill(128 * 1024);
    const path = join(disk.path, 'library.llara');
    const out = await client().libraries.export({ path, withIndex: true });
    expect((await engine.jobs.wait(out.jobId)).failure).toMatchObject({ code: 'disk-full' });
    disk.free();
    const again = await client().libraries.export({ path, withIndex: true });
    expect(await engine.jobs.wait(again.jobId)).toMatchObject({ state: 'completed' });
    cpSync(path, test.path('kept.llara'));
    disk.fill(64 * 1024);
    const request = { path: test.path('kept.llara'), name: 'second' };
    const failed = await engine.jobs.wait((await client().libraries.import(request)).jobId);
    expect(failed.failure).toMatchObject({ code: 'disk-full' });
    expect((await found()).length).toBeGreaterThan(0);
    disk.free();
    expect(await engine.jobs.wait(engine.jobs.retry(failed.id).id)).toMatchObject({ state: 'completed' });
    await expectNothingLost();
  });

  it('that may only be read: the start says so, and nothing is lost', async () => {
    const before = await found();
    await engine.close();
    disk.remount('ro');
    await expect(open()).rejects.toMatchObject({
      code: 'path-not-readable',
      message: expect.stringMatching(/written/),
    });
    disk.remount('rw');
    await open();
    expect(await found()).toEqual(before);
    await expectNothingLost();
  });
});
