/**
 * Completes package-lock.json with the optional packages of other platforms. npm leaves out of the lock what the
 * registry at hand does not serve, and `npm ci` then refuses that very lock; run this after any change of
 * dependencies (`node build/complete-lock.ts`). It adds entries and refuses to change one that is there.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

interface LockEntry {
  version?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  license?: string;
  optionalDependencies?: Record<string, string>;
}

export interface Lock {
  packages: Record<string, LockEntry>;
}

export interface MissingPackage {
  parent: string;
  name: string;
  range: string;
}

/** Optional packages that some entry of the lock names and that no entry of the lock describes. */
export function findMissingPackages(lock: Lock): MissingPackage[] {
  return Object.entries(lock.packages).flatMap(([parent, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => resolveInLock(lock, parent, name) === null)
      .map(([name, range]) => ({ parent, name, range })),
  );
}

/** The entry npm would make for a platform package: what it runs on is read from its name, as all of them say it there. */
export function describePlatformPackage(name: string, range: string): LockEntry {
  const words = name.replace(/^@[^/]+\//, '').split(/[-_]/);
  const os = words.map((word) => osByWord[word]).find((value) => value !== undefined);
  const cpu = words.map((word) => cpuByWord[word]).find((value) => value !== undefined);
  const version = /^[~^]?(\d+\.\d+\.\d+\S*)$/.exec(range)?.[1];
  if (os === undefined || version === undefined) {
    throw new Error(
      `Cannot tell the platform and version of optional package ${name}@${range}; add it to the lock by hand.`,
    );
  }
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : null;
  return {
    version,
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(libc === null || os !== 'linux' ? {} : { libc: [libc] }),
    optional: true,
    os: [os],
  };
}

const osByWord: Record<string, string> = {
  android: 'android',
  darwin: 'darwin',
  mac: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openharmony: 'openharmony',
  win32: 'win32',
  win: 'win32',
};

const cpuByWord: Record<string, string> = {
  arm64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  arm: 'arm',
  armv7l: 'arm',
  riscv64: 'riscv64',
  ppc64: 'ppc64',
  s390x: 's390x',
  universal: 'x64',
};

function resolveInLock(lock: Lock, parent: string, name: string): string | null {
  for (
    let folder = parent;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))
  ) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (candidate in lock.packages) return candidate;
    if (folder === '') return null;
  }
}

function completeLock(file: string): number {
  const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
  const missing = findMissingPackages(lock);
  for (const { name, range } of missing) {
    lock.packages[`node_modules/${name}`] ??= describePlatformPackage(name, range);
  }
  const root = lock.packages[''] ?? {};
  const sorted = Object.entries(lock.packages)
    .filter(([key]) => key !== '')
    .sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries([['', root], ...sorted]);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  return missing.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.resolve(process.argv[2] ?? 'package-lock.json');
  console.log(`${completeLock(file)} optional packages added to ${file}`);
}
