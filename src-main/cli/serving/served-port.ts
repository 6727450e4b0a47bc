/** The port of the last `llara serve`, which the next one takes again where it is free, so that bookmarks and settings of programs hold. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fileOf = (home: string) => join(home, 'served-port');

/** Null where none is known. */
export function readServedPort(home: string): number | null {
  try {
    const port = Number(readFileSync(fileOf(home), 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65536 ? port : null;
  } catch {
    return null; // Never served yet.
  }
}

export function writeServedPort(home: string, port: number): void {
  try {
    writeFileSync(fileOf(home), String(port));
  } catch {
    // A convenience: serving goes on without it.
  }
}
