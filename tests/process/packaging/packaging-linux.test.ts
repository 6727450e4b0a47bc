import { execFileSync } from 'node:child_process';
import {
  createReadStream,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxPayloadBytes } from '../../../build/package-size.ts';
import { type Lockfile, shippedPackages } from '../../../build/shipped-packages.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import { matchGoldenList } from '../../support/match-golden-list.ts';
import { packageApp } from '../../support/package-app.ts';

const root = join(import.meta.dirname, '../../..');
/** A fuse is stored as one character. */
const [off, on] = ['0', '1'].map((digit) => digit.charCodeAt(0));
const canPackage = process.platform === 'linux' && process.arch === 'x64';
if (!canPackage) console.warn('Skipped: packaging for Linux x64 needs the native packages of Linux x64.');

describe.skipIf(!canPackage)('the package for Linux x64', () => {
  const work = mkdtempSync(join(tmpdir(), 'llara-package-'));
  let app = '';
  let archived: string[] = [];

  beforeAll(() => {
    app = packageApp(work);
    archived = listPackage(join(app, 'resources/app.asar'), { isPack: false }).map((path) => path.slice(1));
  }, 600_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('has exactly the expected files beside and in the archive', () => {
    const beside = filesBelow(app);
    const ownFiles = archived
      .filter((path) => !path.startsWith('node_modules') && /\.[\w]+$/.test(path))
      .map((path) => `app.asar: ${path}`);
    const golden = readFileSync(join(import.meta.dirname, 'fixtures/package-linux-x64.txt'), 'utf8');
    expect(matchGoldenList([...beside, ...ownFiles], golden)).toEqual({ unexpected: [], missing: [] });
  });

  it('carries exactly the packages that the lock file says the app loads', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
    const expected = new Set(shippedPackages(lock, { os: 'linux', cpu: 'x64' }).map(({ name }) => name));
    const carried = new Set(
      archived
        .filter((path) => /node_modules\/(@[^/]+\/)?[^/@]+\/package\.json$/.test(path))
        .map((path) => /.*node_modules\/(.+)\/package\.json$/.exec(path)![1]!),
    );
    expect([...carried].sort()).toEqual([...expected].sort());
  });

  it('has every fuse set as the security checklist wants it', async () => {
    const wire = await getCurrentFuseWire(join(app, 'llara'));
    expect({
      runAsNode: wire[FuseV1Options.RunAsNode],
      cookieEncryption: wire[FuseV1Options.EnableCookieEncryption],
      nodeOptions: wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
      inspect: wire[FuseV1Options.EnableNodeCliInspectArguments],
      integrity: wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
      onlyAsar: wire[FuseV1Options.OnlyLoadAppFromAsar],
      fileProtocol: wire[FuseV1Options.GrantFileProtocolExtraPrivileges],
    }).toEqual({
      runAsNode: off,
      cookieEncryption: on,
      nodeOptions: off,
      inspect: off,
      integrity: on,
      onlyAsar: on,
      fileProtocol: off,
    });
  });

  it('encloses a licence for every package it carries', () => {
    const entries = JSON.parse(readFileSync(join(app, 'resources/licences/licences.json'), 'utf8')) as {
      name: string;
      licence: string;
    }[];
    const licensed = new Set(entries.map(({ name }) => name));
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
    for (const { name } of shippedPackages(lock, { os: 'linux', cpu: 'x64' }))
      expect(licensed).toContain(name);
    for (const name of ['llama.cpp and ggml', 'svelte', 'pdfjs-dist', '@fontsource-variable/literata']) {
      expect(licensed).toContain(name);
    }
    for (const { name, licence } of entries)
      expect(licence, name).toMatch(/MIT|BSD|Apache|ISC|OFL|Python|BlueOak/);
  });

  it('answers from the packaged engine alone, by search and by a chat model, and reads scans, without the packages left out', async () => {
    const extracted = join(work, 'extracted');
    extractAll(join(app, 'resources/app.asar'), extracted);
    const chatModel = join(work, 'babbler.gguf');
    await makeTinyLlama(await NativeRuntime.create(), chatModel, {
      plain: true,
      contextLength: 8192,
      extraStrings: {
        'tokenizer.chat_template':
          "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant:",
      },
    });
    const answer = execFileSync(
      process.execPath,
      [join(root, 'tests/process/packaging/run-packaged-engine.ts')],
      {
        env: {
          PATH: process.env.PATH,
          LLARA_HOME: join(work, 'home'),
          LLARA_RESOURCES: join(app, 'resources'),
          PACKAGED_APP: extracted,
          PACKAGED_CHAT_MODEL: chatModel,
        },
        encoding: 'utf8',
        timeout: 540_000,
      },
    );
    const outcome = JSON.parse(answer.trim().split('\n').at(-1)!);
    expect(outcome).toMatchObject({
      job: 'completed',
      failure: null,
      recognised: 2,
      answered: { model: expect.any(String), characters: expect.any(Number) },
      top: 'contracts/rental-agreement.pdf',
      usableDevices: ['cpu'],
      downloader: 'function',
    });
    expect(outcome.answered.characters).toBeGreaterThan(10);
    expect(outcome.indexed).toBeGreaterThan(5);
    const hasModel = globSync('models/**/*.gguf', { cwd: join(app, 'resources') }).length > 0;
    expect(outcome.mode).toBe(hasModel ? 'hybrid' : 'lexical');
  }, 600_000);

  it('keeps its share of the size budget, compressed', async () => {
    const packed = join(work, 'payload.tar');
    const unpacked = ['app.asar', 'app.asar.unpacked', 'models', 'sample-library', 'licences'].filter(
      (name) => existsSync(join(app, 'resources', name)),
    );
    execFileSync('tar', ['cf', packed, '-C', join(app, 'resources'), ...unpacked]);
    const bytes = await compressedSize(packed);
    console.info(`The package without Electron has ${(bytes / 1e6).toFixed(1)} MB, compressed with zstd.`);
    expect(bytes).toBeLessThanOrEqual(maxPayloadBytes);
  }, 600_000);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** zstd at level 9 stands in for the installers' compression, which is slower and makes them smaller by about a tenth. */
async function compressedSize(path: string): Promise<number> {
  let bytes = 0;
  const count = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done();
    },
  });
  const compress = createZstdCompress({
    params: {
      [constants.ZSTD_c_compressionLevel]: 9,
      [constants.ZSTD_c_enableLongDistanceMatching]: 1,
    },
  });
  await pipeline(createReadStream(path), compress, count);
  return bytes;
}
