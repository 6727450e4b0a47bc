/**
 * CUDA as a pack that a person asks for, from a registry of this machine: what comes whole is put in place, what is damaged, hostile or made
 * for another system leaves nothing behind.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobProgress } from '../../../src-main/contract/jobs.ts';
import { installPack } from '../../../src-main/engine/devices/install-pack.ts';
import { JobControl } from '../../../src-main/engine/jobs/job-control.ts';
import { cudaPackages, type NativePackage } from '../../../src-main/llara/device/cuda-packages.ts';
import { DevicePacks } from '../../../src-main/llara/device/device-packs.ts';
import { expectedRelease, nodeLlamaCppVersion } from '../../../src-main/native/abi/expected-version.ts';
import {
  isInstalledAlong,
  nativePackageName,
  packDirectory,
} from '../../../src-main/native/library-location.ts';
import {
  integrityOf,
  type ServedPackage,
  serveRegistry,
  type TestRegistry,
} from '../../support/npm/npm-registry.ts';
import { type TarEntry, tarballOf } from '../../support/npm/tarball-of.ts';

const megabyte = 1 << 20;
const version = nodeLlamaCppVersion;
const build = nativePackageName('cuda');
const [main, more] = [`@node-llama-cpp/${build}`, `@node-llama-cpp/${build}-ext`];
const place = (home: string) => packDirectory(join(home, 'packs'), 'cuda');

const text = (value: string) => Buffer.from(value);
const metadata = (release: string) =>
  text(JSON.stringify({ buildOptions: { gpu: 'cuda', llamaCpp: { release } } }));
const suffix = { win32: 'dll', darwin: 'dylib' }[process.platform as string] ?? 'so';
const packed = (...extra: TarEntry[]) =>
  tarballOf([
    { path: 'package/package.json', content: text('{}') },
    { path: `package/bins/${build}/_nlcBuildMetadata.json`, content: metadata(expectedRelease) },
    ...['ggml-base', 'ggml', 'llama'].map((stem) => ({
      path: `package/bins/${build}/${stem}.${suffix}`,
      content: text(stem),
    })),
    // What does not shrink, so that the download has several pieces.
    { path: `package/bins/${build}/ggml-cuda.${suffix}`, content: noise(3 * megabyte) },
    ...extra,
  ]);
const packedMore = tarballOf([
  { path: `package/bins/${build}/fallback/ggml-cuda.${suffix}`, content: text('for an older toolkit') },
]);

let home: string;
let registry: TestRegistry | undefined;
let heard: JobProgress[];
let control: JobControl;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'llara-packs-'));
  heard = [];
  control = new JobControl({ onProgress: (progress) => heard.push(progress), onLog: () => {} });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await registry?.close();
  registry = undefined;
  rmSync(home, { recursive: true, force: true });
});

const wanted = (integrity: string | null = null): NativePackage[] =>
  [main, more].map((name) => ({ name, version, sizeBytes: 1000, integrity }));
const serve = async (served: Partial<ServedPackage> = {}) => {
  const first = { tarball: packed(), ...served };
  registry = await serveRegistry({
    [`${main}@${version}`]: first,
    [`${more}@${version}`]: { tarball: packedMore },
  });
};
const install = async (packs = new DevicePacks(home, wanted())) => {
  await installPack('cuda', packs, control, { url: registry!.url, authorization: null });
  return packs;
};
/** All files of the data folder, less those of a download that can go on. */
const leftovers = () =>
  existsSync(home)
    ? readdirSync(home, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
    : [];

describe('installing', () => {
  it('puts both packages in place, tells how far it is, and leaves nothing else', async () => {
    await serve();
    const packs = await install();
    expect(readdirSync(join(home, 'packs'))).toEqual([`cuda-${version}`]);
    const [library, older] = [`${build}/bins/${build}`, `${build}-ext/bins/${build}/fallback`];
    expect(readFileSync(join(place(home), library, `ggml-cuda.${suffix}`)).length).toBe(3 * megabyte);
    expect(readFileSync(join(place(home), older, `ggml-cuda.${suffix}`), 'utf8')).toBe(
      'for an older toolkit',
    );
    expect(new Set(heard.map(({ phase }) => phase))).toEqual(
      new Set(['connecting', 'downloading', 'checking', 'unpacking']),
    );
    const [state] = await packs.list();
    expect(state).toMatchObject({ name: 'cuda', version, state: 'installed' });
    expect(state!.sizeBytes).toBeGreaterThan(3 * megabyte);
  });

  it('goes on by itself when the connection is cut', async () => {
    await serve({ cutAfterBytes: megabyte, cuts: 1 });
    await install();
    expect(existsSync(place(home))).toBe(true);
  });

  it('that was cancelled in the middle goes on with what has come', async () => {
    await serve();
    const stopped = new JobControl({
      // The first package has come by then; the second has not been asked for.
      onProgress: ({ phase }) => phase === 'checking' && stopped.cancel(new Error('enough')),
      onLog: () => {},
    });
    const url = { url: registry!.url, authorization: null };
    await expect(installPack('cuda', new DevicePacks(home, wanted()), stopped, url)).rejects.toThrow(
      'enough',
    );
    expect(existsSync(place(home))).toBe(false);
    const sentBefore = registry!.sentBytes;
    await install();
    expect(existsSync(place(home))).toBe(true);
    expect(registry!.sentBytes - sentBefore).toBeLessThan(megabyte);
  });

  it('replaces what an earlier version fetched, and what is damaged', async () => {
    mkdirSync(join(home, 'packs/cuda-1.0.0'), { recursive: true });
    const packs = new DevicePacks(home, wanted());
    expect((await packs.list())[0]?.state).toBe(isInstalledAlong('cuda') ? 'along' : 'outdated');
    await serve();
    await install(packs);
    writeFileSync(join(place(home), build, 'package.json'), 'damaged');
    await install(packs);
    expect(readFileSync(join(place(home), build, 'package.json'), 'utf8')).toBe('{}');
    expect(readdirSync(join(home, 'packs'))).toEqual([`cuda-${version}`]);
  });

  it('asks the registry of the npm configuration, and gives its token to nobody else', async () => {
    await serve({ statedHost: 'https://registry.npmjs.org/' });
    const config = join(home, 'npmrc');
    const host = new URL(registry!.url).host;
    writeFileSync(config, `@node-llama-cpp:registry=${registry!.url}\n//${host}/:_authToken=secret\n`);
    vi.stubEnv('npm_config_userconfig', config);
    vi.stubEnv('NPM_CONFIG_USERCONFIG', config);
    await installPack('cuda', new DevicePacks(home, wanted()), control);
    expect(existsSync(place(home))).toBe(true);
    expect(registry!.requests.length).toBeGreaterThan(3);
    expect(registry!.requests.map(({ authorization }) => authorization)).not.toContain(null);
  });
});

const outside = (path: string): Partial<ServedPackage> => ({
  tarball: packed({ path, content: text('evil') }),
});

describe('what is refused, with nothing left of it', () => {
  it.each<[string, Partial<ServedPackage>, string, RegExp]>([
    [
      'a wrong checksum',
      { integrity: `sha512-${integrityOf(text('else'))}` },
      'download-invalid',
      /checksum differs/,
    ],
    ['no checksum', { integrity: null }, 'download-invalid', /states no checksum/],
    [
      'SHA-1 alone',
      { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' },
      'download-invalid',
      /states no checksum/,
    ],
    ['another system', { os: ['sunos'], cpu: ['mips'] }, 'not-supported', /made for sunos, mips/],
    ['this system by exclusion', { os: [`!${process.platform}`] }, 'not-supported', /It was not fetched/],
    ['a path upwards', outside('package/../../../evil'), 'download-invalid', /lies outside/],
    ['an absolute path', outside('/tmp/evil'), 'download-invalid', /lies outside/],
    ['a path of Windows', outside('package/..\\..\\evil'), 'download-invalid', /lies outside/],
    [
      'a link',
      { tarball: packed({ path: 'package/evil', type: 'SymbolicLink', target: '../../..' }) },
      'download-invalid',
      /evil is no file/,
    ],
    [
      'libraries of another release',
      {
        tarball: tarballOf([
          { path: `package/bins/${build}/_nlcBuildMetadata.json`, content: metadata('v0.0.1') },
        ]),
      },
      'native-library-mismatch',
      /v0\.0\.1/,
    ],
    [
      'a package without libraries',
      { tarball: tarballOf([{ path: 'package/package.json' }]) },
      'native-library-missing',
      /is missing/,
    ],
  ])('%s', async (_, served, code, message) => {
    await serve(served);
    const failure = await install().then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(leftovers()).toEqual([]);
    expect(existsSync(join(home, '../evil'))).toBe(false);
  });

  it('another checksum than the one that is known, before anything is fetched', async () => {
    await serve();
    const packs = new DevicePacks(home, wanted(integrityOf(text('known'))));
    await expect(install(packs)).rejects.toMatchObject({ code: 'download-invalid' });
    expect(registry!.sentBytes).toBe(0);
  });

  it('a version that is not there, and a registry that is not there', async () => {
    registry = await serveRegistry({ [`${main}@0.0.1`]: { tarball: packed() } });
    await expect(install()).rejects.toThrow(`has no version ${version}`);
    const url = registry.url;
    await registry.close();
    registry = undefined;
    const gone = installPack('cuda', new DevicePacks(home, wanted()), control, { url, authorization: null });
    await expect(gone).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('cannot be reached'),
    });
    expect(leftovers()).toEqual([]);
  });

  it('a system that there is no CUDA for', async () => {
    const packs = new DevicePacks(home, cudaPackages({ platform: 'darwin', arch: 'arm64' }));
    expect(await packs.list()).toEqual([]);
    await expect(installPack('cuda', packs, control)).rejects.toMatchObject({ code: 'not-supported' });
  });

  it('leaves the pack that was there as it was', async () => {
    await serve();
    await install();
    await registry!.close();
    await serve(outside('package/../../evil'));
    await expect(install()).rejects.toThrow('lies outside');
    expect(existsSync(join(place(home), build, 'package.json'))).toBe(true);
  });
});

describe('removing', () => {
  it('takes all of it away, and says where there is nothing to take', async () => {
    await serve();
    const packs = await install();
    await packs.remove('cuda');
    expect(leftovers()).toEqual([]);
    await expect(packs.remove('cuda')).rejects.toMatchObject({ code: 'not-found' });
  });
});

/** Repeatable, and as good as random for a compressor. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let at = 0; at < length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes.writeUInt32LE(state, at);
  }
  return bytes;
}
