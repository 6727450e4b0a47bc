/** A disk of a few megabytes, mounted in memory, that a test fills, empties and makes read-only. It needs root under Linux. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Why there can be no such disk here, or null. */
export function noDiskReason(scratch: string): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'mounting a small disk needs root under Linux';
  try {
    new SmallDisk(scratch, 1).dispose();
    return null;
  } catch (error) {
    return `a small disk cannot be mounted here (${String(error).split('\n')[0]})`;
  }
}

export class SmallDisk {
  readonly path: string;

  constructor(scratch: string, megabytes: number) {
    this.path = join(scratch, 'disk');
    mkdirSync(this.path, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', this.path], { stdio: 'pipe' });
  }

  /** Takes what is left, down to the last byte but `leave`. */
  fill(leave = 0): void {
    const file = openSync(join(this.path, 'filler'), 'w');
    try {
      for (;;) writeSync(file, Buffer.alloc(4096));
    } catch {
      // Full, which is what was wanted.
    } finally {
      closeSync(file);
    }
    if (leave > 0) {
      const filler = join(this.path, 'filler');
      truncateSync(filler, Math.max(0, statSync(filler).size - leave));
    }
  }

  free(): void {
    rmSync(join(this.path, 'filler'), { force: true });
  }

  /** Files that are open for writing must be closed. */
  remount(mode: 'ro' | 'rw'): void {
    execFileSync('mount', ['-o', `remount,${mode}`, this.path], { stdio: 'pipe' });
  }

  dispose(): void {
    // Lazily, as a process that was stopped in mid-test may still hold a file.
    execFileSync('umount', ['-l', this.path], { stdio: 'pipe' });
  }
}
