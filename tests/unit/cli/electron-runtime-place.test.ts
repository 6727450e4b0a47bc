/** A distribution of one's own is found under the name that each system gives its program. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { findElectronRuntime } from '../../../src-main/cli/starting/electron-runtime.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llara-electron-'));
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', join(folder, 'dist'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['linux', 'electron'],
  ['win32', 'electron.exe'],
  ['darwin', 'Electron.app/Contents/MacOS/Electron'],
] as const)('on %s as %s', (platform, name) => {
  const executable = join(folder, 'dist', name);
  expect(findElectronRuntime(folder, platform)).toEqual({
    found: false,
    reason: `the Electron runtime is missing at ${executable}`,
  });
  mkdirSync(dirname(executable), { recursive: true });
  writeFileSync(executable, '');
  expect(findElectronRuntime(folder, platform)).toEqual({ found: true, executable });
});
