/** Whether this machine has NVIDIA's driver, without which CUDA is of no use. It opens no library. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Something that changes with the driver, null where there is none. */
export function nvidiaDriver(): string | null {
  if (process.platform === 'linux') {
    const path = '/proc/driver/nvidia/version';
    return existsSync(path) ? (readFileSync(path, 'utf8').split('\n')[0] ?? '') : null;
  }
  if (process.platform !== 'win32') return null;
  const path = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'nvcuda.dll');
  return existsSync(path) ? String(statSync(path).mtimeMs) : null;
}
