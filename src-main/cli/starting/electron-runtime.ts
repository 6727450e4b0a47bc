/**
 * The Electron runtime that opens the window. Its npm package holds none and would fetch it at the first start, from
 * a place that not every machine reaches; every wait for that has a limit here, and not having it is an answer, no error.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export type RuntimeSearch = { found: true; executable: string } | { found: false; reason: string };

export type FetchLimits = { probeTimeoutMs: number; fetchTimeoutMs: number };

const defaultLimits: FetchLimits = { probeTimeoutMs: 8_000, fetchTimeoutMs: 10 * 60_000 };

/** The executable of the installed `electron` package, if its runtime is there. Starts nothing and fetches nothing. */
export function findElectronRuntime(
  packageDirectory = electronPackageDirectory(),
  platform: NodeJS.Platform = process.platform,
): RuntimeSearch {
  if (packageDirectory === null) return { found: false, reason: 'the electron package is not installed' };
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name =
    readText(join(packageDirectory, 'path.txt')) ??
    (override ? (executableNames[platform] ?? 'electron') : null);
  if (name === null) return { found: false, reason: 'the Electron runtime is not installed' };
  const executable = join(override ?? join(packageDirectory, 'dist'), name);
  if (existsSync(executable)) return { found: true, executable };
  return { found: false, reason: `the Electron runtime is missing at ${executable}` };
}

/** Within a distribution; the package's own installer writes the same into path.txt. */
const executableNames: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** Fetches the runtime by the package's own installer, if its source answers at all. */
export async function fetchElectronRuntime(
  onNotice: (line: string) => void,
  limits: FetchLimits = defaultLimits,
  packageDirectory = electronPackageDirectory(),
): Promise<RuntimeSearch> {
  if (packageDirectory === null) return findElectronRuntime(packageDirectory);
  if (!(await answers(sourceUrl(packageDirectory), limits.probeTimeoutMs))) {
    return { found: false, reason: 'the Electron runtime is not installed and cannot be fetched from here' };
  }
  onNotice('Fetching the Electron runtime (about 120 MB, once) …');
  const finished = await runInstaller(join(packageDirectory, 'install.js'), limits.fetchTimeoutMs);
  if (finished) return findElectronRuntime(packageDirectory);
  return { found: false, reason: 'fetching the Electron runtime failed' };
}

function electronPackageDirectory(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return null; // A production install goes without the desktop's packages.
  }
}

/** A small file beside the runtime; the variable is the installer's own. */
function sourceUrl(packageDirectory: string): string {
  const base = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/';
  const { version } = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as {
    version: string;
  };
  return `${base}v${version}/SHASUMS256.txt`;
}

async function answers(url: string, timeoutMs: number): Promise<boolean> {
  try {
    return (await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) })).ok;
  } catch {
    return false; // Offline, blocked or too slow: all the same to a start.
  }
}

async function runInstaller(script: string, timeoutMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
  const timer = new AbortController();
  const late = delay(timeoutMs, false, { signal: timer.signal }).catch(() => false);
  const succeeded = await Promise.race([ended, late]);
  timer.abort();
  child.kill();
  return succeeded;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // Written by the installer only once the runtime is there.
  }
}
