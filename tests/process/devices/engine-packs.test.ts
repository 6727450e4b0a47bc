/** What a client of the engine sees of CUDA as a pack: a download that is refused, and a removal after which the engine can still compute. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { packDownloadRequest } from '../../../src-main/engine/jobs/kinds/download-job.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { cudaPackages } from '../../../src-main/llara/device/cuda-packages.ts';
import { isInstalledAlong, packDirectory } from '../../../src-main/native/library-location.ts';
import { serveRegistry } from '../../support/npm/npm-registry.ts';
import { tarballOf } from '../../support/npm/tarball-of.ts';
import { TestEngine } from '../../support/test-engine.ts';

const test = new TestEngine();
let client: ReturnType<typeof clientOf>;
const clientOf = () => createRouterClient(createRouter(test.engine));
const [wanted] = cudaPackages();
if (!wanted) console.warn('Skipped: there is no CUDA for this system.');

beforeAll(async () => {
  await test.makeModel();
  await test.open();
  client = clientOf();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await test.close();
});

it.skipIf(!wanted)('a job that gets something else from the registry fails with the reason', async () => {
  const registry = await serveRegistry({
    [`${wanted!.name}@${wanted!.version}`]: { tarball: tarballOf([{ path: 'package/package.json' }]) },
  });
  vi.stubEnv('npm_config_registry', registry.url);
  const { jobs, packs } = test.engine;
  const job = await jobs.wait(jobs.submit(packDownloadRequest('cuda', packs)).id);
  expect(job).toMatchObject({ state: 'failed', title: expect.stringContaining('CUDA') });
  expect(job.failure?.message).toMatch(wanted!.integrity === null ? /is missing/ : /another checksum/);
  expect((await client.devices.packs())[0]?.state).not.toBe('installed');
  await registry.close();
});

it.skipIf(!wanted)(
  'removing one takes the setting that names its device, and the verdict, along',
  async () => {
    const place = packDirectory(test.engine.packs.directory, 'cuda');
    mkdirSync(place, { recursive: true });
    const verdict = `${test.home}/device-probe.json`;
    writeFileSync(verdict, '{}');
    await client.settings.update({ device: 'CUDA0' });
    expect((await client.devices.packs())[0]).toMatchObject({ state: 'installed', sizeBytes: 0 });
    await client.devices.remove({ pack: 'cuda' });
    expect([existsSync(place), existsSync(verdict)]).toEqual([false, false]);
    expect((await client.settings.get()).device).toBe('auto');
    await expect(client.devices.remove({ pack: 'cuda' })).rejects.toMatchObject({
      data: { code: 'not-found' },
    });
  },
);

it.skipIf(!isInstalledAlong('cuda'))('nothing is fetched where npm has brought it along', async () => {
  expect((await client.devices.packs())[0]?.state).toBe('along');
  await expect(client.devices.install({ pack: 'cuda' })).rejects.toMatchObject({
    data: { code: 'conflict' },
  });
});
