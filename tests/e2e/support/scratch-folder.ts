/** A folder that a test may fill and that is gone afterwards. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface ScratchFolder {
  readonly path: string;
  /** Returns the path of a folder or file below. */
  sub(name: string): string;
  write(name: string, content: string | Buffer): string;
  remove(): void;
}

export function scratchFolder(): ScratchFolder {
  const path = mkdtempSync(join(tmpdir(), 'llara-page-'));
  const sub = (name: string) => join(path, name);
  return {
    path,
    sub,
    write: (name, content) => {
      mkdirSync(dirname(sub(name)), { recursive: true });
      writeFileSync(sub(name), content);
      return sub(name);
    },
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
