/** Each trial of the lab notebook says when, at which commit, by which command, seed and machine; a command is there, or is said not to be. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findFiles, repository } from './sources.ts';

const facts = ['date', 'commit', 'command', 'seed', 'machine'];
const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const notebooks = findFiles('docs/lab/*.md').filter((path) => !path.endsWith('README.md'));

/** Parts of a notebook that hold a table of facts; each tells one trial. */
const trialsIn = (text: string) => text.split(/^(?=## )/m).filter((part) => factOf(part, 'command') !== '');
const factOf = (text: string, name: string) =>
  new RegExp(`^\\| ${name} \\| (.*) \\|$`, 'm').exec(text)?.[1] ?? '';
/** Kept with the sources, or a command of the product. */
const isKept = (command: string) =>
  /\bllara (?:eval|recognise)\b|npm run bench|--project process/.test(command) ||
  [...command.matchAll(/[\w/-]+\.(?:ts|py)\b/g)].some(([path]) => existsSync(join(repository, path)));

describe.each(notebooks)('%s', (path) => {
  const trials = trialsIn(read(path));

  test('is in the list', () => {
    expect(read('docs/lab/README.md')).toContain(`](${path.slice('docs/lab/'.length)})`);
  });

  test('says of each trial how it was made', () => {
    expect(trials.length).toBeGreaterThan(0);
    for (const trial of trials) for (const fact of facts) expect(factOf(trial, fact), fact).not.toBe('');
    // Figures stand in a trial.
    const others = read(path)
      .split(/^(?=## )/m)
      .filter((part) => part.includes('| --- |') && !trials.includes(part));
    expect(others).toEqual([]);
  });

  test('names a command that is kept, or says that there is none', () => {
    const commands = trials.map((trial) => factOf(trial, 'command'));
    expect(commands.filter((command) => !command.includes('not repeatable') && !isKept(command))).toEqual([]);
  });
});
