/** The closing line of a run: the counts are the runner's own, and nothing that failed passes for a success. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../build/count-tests.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'llara-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((outcome) => ({ status: outcome })),
});
const report = (passed: number, failed: number, pending: number, success: boolean, ...files: object[]) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: 0,
  success,
  testResults: files,
});

test.each<[string, object, string, number]>([
  [
    'all passed',
    report(2, 0, 1, true, file('passed', 'passed', 'passed', 'skipped')),
    '2 passed, 0 failed, 1 skipped',
    0,
  ],
  [
    'one failed',
    report(1, 1, 0, false, file('failed', 'passed', 'failed')),
    '1 passed, 1 failed, 0 skipped',
    1,
  ],
  [
    'a file could not be loaded',
    report(1, 0, 0, false, file('passed', 'passed'), file('failed')),
    '1 passed, 1 failed, 0 skipped',
    1,
  ],
  [
    'an error outside of any test',
    report(1, 0, 0, false, file('passed', 'passed')),
    '1 passed, 0 failed, 0 skipped',
    1,
  ],
  ['nothing ran', report(0, 0, 3, true), '0 passed, 0 failed, 3 skipped', 1],
])('%s', (name, content, line, code) => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(content));
  const outcome = spawnSync(process.execPath, [script, path], { encoding: 'utf8' });
  expect([outcome.stdout, outcome.status]).toEqual([`${line}\n`, code]);
});

test('without a report there is no count', () => {
  const outcome = spawnSync(process.execPath, [script, join(folder, 'none.json')], { encoding: 'utf8' });
  expect([outcome.stdout, outcome.status]).toEqual(['', 1]);
});
