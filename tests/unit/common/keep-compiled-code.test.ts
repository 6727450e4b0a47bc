/** Compiled code is kept for the threads that a process starts, too, and in no folder that is not there. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'llara-compiled-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const module = pathToFileURL(
  join(import.meta.dirname, '../../../src-main/common/processes/keep-compiled-code.ts'),
).href;

/** What a thread of a process that keeps its code in `home` says of where it keeps its own. */
function directoryOfThread(home: string): string {
  const thread = join(scratch, 'thread.mjs');
  writeFileSync(
    thread,
    `import { getCompileCacheDir } from 'node:module'; console.log(getCompileCacheDir());`,
  );
  const program = join(scratch, 'program.mjs');
  writeFileSync(
    program,
    `import { Worker } from 'node:worker_threads';
import { keepCompiledCode, threadEnvironment } from ${JSON.stringify(module)};
keepCompiledCode(${JSON.stringify(home)});
new Worker(${JSON.stringify(thread)}, { env: threadEnvironment() });`,
  );
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  return execFileSync(process.execPath, [program], { encoding: 'utf8', env }).trim();
}

it('holds for threads', () => {
  const home = join(scratch, 'home');
  mkdirSync(home);
  expect(directoryOfThread(home).startsWith(join(home, 'compile-cache'))).toBe(true);
});

it('makes no data folder', () => {
  expect(directoryOfThread(join(scratch, 'nowhere'))).toBe('undefined');
  expect(readdirSync(scratch)).not.toContain('nowhere');
});
