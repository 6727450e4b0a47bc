/** The engine of `npm run dev`: it is started anew when its sources change, and a change that stops it from starting is mended by the next. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type EngineAddress, ReloadingEngine } from '../../../build/dev/reloading-engine.ts';

const patient = { timeout: 60_000 };
let folder: string;
let engine: ReloadingEngine;
const served: EngineAddress[] = [];
const problems: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llara-dev-'));
  mkdirSync(join(folder, 'sources/inner'), { recursive: true });
  // It prints its address in two parts, as a pipe may cut it.
  writeFileSync(
    join(folder, 'program.mjs'),
    `import { token } from './sources/inner/token.mjs';
process.stdout.write('{ "url": "http://127.0.0.1:1", "token": ');
setTimeout(() => process.stdout.write(JSON.stringify(token) + ', "pid": ' + process.pid + ' }\\n'), 20);
setInterval(() => {}, 1000);`,
  );
  engine = new ReloadingEngine({
    program: [join(folder, 'program.mjs')],
    sources: join(folder, 'sources'),
    onServing: (address) => served.push(address),
    onProblem: (message) => problems.push(message),
  });
});
afterEach(async () => {
  engine.close();
  await vi.waitFor(() => expect(pids().filter(isThere)).toEqual([]), patient);
  rmSync(folder, { recursive: true, force: true });
});

const change = (source: string) => writeFileSync(join(folder, 'sources/inner/token.mjs'), source);
const pids = () => served.map((address) => (address as EngineAddress & { pid: number }).pid);
const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('serves what its sources say now, in one process at a time', async () => {
  change("export const token = 'first';");
  await engine.start();
  expect(served).toMatchObject([{ url: 'http://127.0.0.1:1', token: 'first' }]);

  change("export const token = 'second';");
  await vi.waitFor(() => expect(served.at(-1)).toMatchObject({ token: 'second' }), patient);
  expect(isThere(pids()[0]!)).toBe(false);

  change('export const token = ;');
  await vi.waitFor(() => expect(problems.at(-1)).toMatch(/ended \(1\) before it served/), patient);
  expect(pids().filter(isThere)).toEqual([]);

  change("export const token = 'third';");
  await vi.waitFor(() => expect(served.at(-1)).toMatchObject({ token: 'third' }), patient);
});
