/**
 * `npm run check`: format and lint, types of the sources, of the page's tests and of the page, dead code, workflows. All run whatever the
 * others say; what went wrong is printed in full, what went well in one line.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `script` lies below the project's folder. */
type Check = { name: string; script: string; argumentList: string[] };
type Outcome = { check: Check; passed: boolean; output: string; seconds: number };

/** Those that take longest come first, so that none of them is left over at the end. */
const checks: Check[] = [
  {
    name: 'types',
    script: 'node_modules/typescript/bin/tsc',
    argumentList: ['--noEmit', '-p', 'tsconfig.json'],
  },
  {
    name: 'types of the page tests',
    script: 'build/checks/page-test-types.ts',
    argumentList: [],
  },
  {
    name: 'types of the page',
    script: 'node_modules/svelte-check/bin/svelte-check',
    argumentList: ['--tsconfig', 'src-renderer/tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  },
  {
    name: 'format and lint',
    script: 'node_modules/@biomejs/biome/bin/biome',
    argumentList: ['check', '--error-on-warnings'],
  },
  { name: 'dead code', script: 'node_modules/knip/bin/knip.js', argumentList: ['--no-progress'] },
  { name: 'workflows', script: 'build/checks/workflows.ts', argumentList: [] },
];

const root = fileURLToPath(new URL('../..', import.meta.url));
const outcomes: Outcome[] = [];
// Two at a time: types are checked by one thread, while format and lint take every core that is free.
const waiting = checks.values();
await Promise.all([runWaiting(), runWaiting()]);
for (const { check, passed, seconds } of outcomes) {
  console.log(`${passed ? '✓' : '✗'} ${check.name} (${seconds.toFixed(1)} s)`);
}
process.exit(outcomes.every(({ passed }) => passed) ? 0 : 1);

async function runWaiting(): Promise<void> {
  for (const check of waiting) {
    const outcome = await runCheck(check);
    if (!outcome.passed) console.log(`\n── ${check.name} ──\n${outcome.output.trim()}\n`);
    outcomes.push(outcome);
  }
}

function runCheck(check: Check): Promise<Outcome> {
  const startedAtMs = performance.now();
  const argumentList = [join(root, check.script), ...check.argumentList];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argumentList, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const add = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    const end = (passed: boolean) =>
      resolve({ check, passed, output, seconds: (performance.now() - startedAtMs) / 1000 });
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}
