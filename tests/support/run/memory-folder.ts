/**
 * A folder in memory for the temporary files of a run of tests: most of them open databases anew, and on a disk they would wait for it longer
 * than they compute. Where there is little memory, or nothing may be executed there, the system's own temporary folder does.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const inMemory = '/dev/shm';
const prefix = 'llara-tests-';
/** An npm package with all that it depends on, and a packaged app, are the largest that tests put there. */
const leastFreeBytes = 8e9;

/** Null where there is none. It goes when this process does; what a killed run left is removed as well. */
export function memoryFolder(): string | null {
  if (process.platform !== 'linux' || !isUsable()) return null;
  for (const name of readdirSync(inMemory)) {
    const owner = new RegExp(`^${prefix}(\\d+)$`).exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) rmSync(join(inMemory, name), { recursive: true, force: true });
  }
  const folder = join(inMemory, `${prefix}${process.pid}`);
  mkdirSync(folder, { mode: 0o700, recursive: true });
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

function isUsable(): boolean {
  try {
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .findLast(([, place]) => place === inMemory);
    if (mount?.[2] !== 'tmpfs' || mount[3]?.split(',').some((option) => /^(ro|noexec)$/.test(option)))
      return false;
    const { bavail, bsize } = statfsSync(inMemory);
    return bavail * bsize >= leastFreeBytes && process.availableMemory() >= 1.5 * leastFreeBytes;
  } catch {
    return false; // A system without that folder.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
