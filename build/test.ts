/**
 * `npm test`: the checks, the build where something has changed since the last one, then every test. `npm test -- unit` runs the tests of that
 * one project alone, at once, and `npm test -- tests/unit/search` those below that path; the projects are the folders of `tests/`. What follows
 * goes to vitest.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const projects = ['unit', 'native', 'gpu', 'process', 'eval', 'e2e'];
const argumentList = process.argv.slice(2);
const chosen = argumentList.filter((name) => projects.includes(name));
const forVitest = argumentList.filter((name) => !chosen.includes(name));

const unknown = forVitest.find((name) => /^[a-z]+\d*$/.test(name));
if (unknown !== undefined) {
  console.error(`There is no project of tests called ${unknown}: they are ${projects.join(', ')}.`);
  process.exit(2);
}
if (chosen.length === 0 && !forVitest.some((argument) => existsSync(join(root, argument)))) {
  run('build/checks/main.ts');
  if (!isBuilt()) run('node_modules/electron-vite/bin/electron-vite.js', 'build');
}
run('node_modules/vitest/vitest.mjs', 'run', ...chosen.flatMap((name) => ['--project', name]), ...forVitest);

function run(script: string, ...given: string[]): void {
  const { status } = spawnSync(process.execPath, [join(root, script), ...given], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** `npm ci` builds as well. The list of bundled packages is written with the page, which is built last; a folder's time tells of files that are gone. */
function isBuilt(): boolean {
  const builtAtMs = changedAtMs('out/bundled-packages.json');
  const sources = [
    'src-main',
    'src-renderer',
    '{src-main,src-renderer}/**',
    'build/*.ts',
    '*.config.{js,ts}',
    'package-lock.json',
  ];
  return globSync(sources, { cwd: root }).every((path) => changedAtMs(path) < builtAtMs);
}

function changedAtMs(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
