/** The lock must describe the packages of every platform, or `npm ci` refuses it: see build/complete-lock.ts. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describePlatformPackage, findMissingPackages, type Lock } from '../../../build/complete-lock.ts';
import { cudaPackages } from '../../../src-main/llara/device/cuda-packages.ts';

test('no optional package is missing from the lock', () => {
  const lock = JSON.parse(
    readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8'),
  ) as Lock;
  expect(Object.keys(lock.packages).length).toBeGreaterThan(300);
  expect(findMissingPackages(lock), 'Run: node build/complete-lock.ts').toEqual([]);
});

test.each(['linux', 'win32'] as const)('CUDA for %s is what the lock says of it', (platform) => {
  const { packages } = JSON.parse(
    readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8'),
  ) as { packages: Record<string, { version?: string; integrity?: string }> };
  const wanted = cudaPackages({ platform, arch: 'x64' });
  expect(wanted).toHaveLength(2);
  for (const { name, version, integrity } of wanted) {
    const locked = packages[`node_modules/${name}`];
    expect(locked, name).toMatchObject({ version });
    expect(integrity && `sha512-${integrity}`, name).toBe(locked?.integrity ?? null);
  }
});

describe('findMissingPackages', () => {
  test('looks where Node would: beside the dependent, then upwards', () => {
    const lock: Lock = {
      packages: {
        '': {},
        'node_modules/a': { optionalDependencies: { own: '1.0.0', shared: '1.0.0', gone: '^2.0.0' } },
        'node_modules/a/node_modules/own': {},
        'node_modules/shared': {},
      },
    };
    expect(findMissingPackages(lock)).toEqual([{ parent: 'node_modules/a', name: 'gone', range: '^2.0.0' }]);
  });
});

describe('describePlatformPackage', () => {
  test.each([
    [
      '@biomejs/cli-darwin-arm64',
      '2.6.8',
      { version: '2.6.8', cpu: ['arm64'], optional: true, os: ['darwin'] },
    ],
    [
      '@node-llama-cpp/mac-x64',
      '3.22.1',
      { version: '3.22.1', cpu: ['x64'], optional: true, os: ['darwin'] },
    ],
    [
      '@node-llama-cpp/win-x64-cuda',
      '3.22.1',
      { version: '3.22.1', cpu: ['x64'], optional: true, os: ['win32'] },
    ],
    [
      '@lancedb/lancedb-linux-arm64-musl',
      '0.39.0',
      { version: '0.39.0', cpu: ['arm64'], libc: ['musl'], optional: true, os: ['linux'] },
    ],
    [
      '@oxc-parser/binding-linux-arm-gnueabihf',
      '^0.154.0',
      { version: '0.154.0', cpu: ['arm'], libc: ['glibc'], optional: true, os: ['linux'] },
    ],
  ])('%s', (name, range, entry) => {
    expect(describePlatformPackage(name, range)).toEqual(entry);
  });

  test('says what it cannot tell', () => {
    expect(() => describePlatformPackage('fsevents', '~2.3.2')).toThrow(/fsevents@~2\.3\.2/);
  });
});
