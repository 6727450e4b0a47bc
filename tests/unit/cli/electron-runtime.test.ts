/** Looking for the Electron runtime: what counts as there, and that no wait for it is without end. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type FetchLimits,
  fetchElectronRuntime,
  findElectronRuntime,
} from '../../../src-main/cli/starting/electron-runtime.ts';
import { hasDisplay } from '../../../src-main/cli/starting/open-window.ts';

let directory: string;
let server: Server | undefined;
const notices: string[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'llara-electron-'));
  writeFileSync(join(directory, 'package.json'), '{"version":"45.0.0"}');
  notices.length = 0;
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  rmSync(directory, { recursive: true });
});

const serve = async (listener: RequestListener) => {
  server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server?.once('listening', resolve));
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
};
/** An installer of pretence, in place of the electron package's own. */
const writeInstaller = (code: string) => writeFileSync(join(directory, 'install.js'), code);
const patient: FetchLimits = { probeTimeoutMs: 15_000, fetchTimeoutMs: 15_000 };
const fetchRuntime = (limits: Partial<FetchLimits> = {}) =>
  fetchElectronRuntime((line) => notices.push(line), { ...patient, ...limits }, directory);
const installed = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  mkdirSync(__dirname + '/dist');
  writeFileSync(__dirname + '/dist/electron', '');
  writeFileSync(__dirname + '/path.txt', 'electron');
`;

describe('findElectronRuntime', () => {
  test('no package', () => {
    expect(findElectronRuntime(null)).toEqual({
      found: false,
      reason: 'the electron package is not installed',
    });
  });

  test('a package without its runtime', () => {
    expect(findElectronRuntime(directory)).toEqual({
      found: false,
      reason: 'the Electron runtime is not installed',
    });
  });

  test('a runtime that was deleted', () => {
    writeFileSync(join(directory, 'path.txt'), 'electron');
    expect(findElectronRuntime(directory)).toMatchObject({ found: false, reason: /missing at .*electron/ });
  });

  test('a whole one', () => {
    mkdirSync(join(directory, 'dist'));
    writeFileSync(join(directory, 'dist', 'electron'), '');
    writeFileSync(join(directory, 'path.txt'), 'electron');
    expect(findElectronRuntime(directory)).toEqual({
      found: true,
      executable: join(directory, 'dist', 'electron'),
    });
  });

  test('a runtime in a folder of one’s own', () => {
    const own = join(directory, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'electron'), '');
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', own);
    expect(findElectronRuntime(directory)).toEqual({ found: true, executable: join(own, 'electron') });
  });
});

describe('fetchElectronRuntime', () => {
  const unreachable = {
    found: false,
    reason: 'the Electron runtime is not installed and cannot be fetched from here',
  };

  test('a source that refuses is not asked twice', async () => {
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:9/');
    writeInstaller('process.exit(3)');
    expect(await fetchRuntime()).toEqual(unreachable);
    expect(notices).toEqual([]);
  });

  test('a source that never answers is given up in time', async () => {
    await serve(() => {});
    writeInstaller(installed);
    const startedAtMs = performance.now();
    expect(await fetchRuntime({ probeTimeoutMs: 300 })).toEqual(unreachable);
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  });

  test('an installer that hangs is stopped in time', async () => {
    await serve((_request, response) => response.end());
    writeInstaller('setInterval(() => {}, 1000)');
    const startedAtMs = performance.now();
    expect(await fetchRuntime({ fetchTimeoutMs: 500 })).toEqual({
      found: false,
      reason: 'fetching the Electron runtime failed',
    });
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  });

  test('a reachable source is used, and said so', async () => {
    const paths: string[] = [];
    await serve((request, response) => {
      paths.push(`${request.method} ${request.url}`);
      response.end();
    });
    writeInstaller(installed);
    expect(await fetchRuntime()).toEqual({ found: true, executable: join(directory, 'dist', 'electron') });
    expect(paths).toEqual(['HEAD /v45.0.0/SHASUMS256.txt']);
    expect(notices).toHaveLength(1);
  });
});

test.each<[NodeJS.Platform, NodeJS.ProcessEnv, boolean]>([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['darwin', {}, true],
  ['win32', {}, true],
])('a display on %s with %o: %s', (platform, environment, expected) => {
  expect(hasDisplay(platform, environment)).toBe(expected);
});
