/** The page's sentences about keeping libraries whole: their examination and repair. */
import { count } from './counting.ts';

const made = (checks: number, libraries: number) =>
  `${count(checks, 'check', 'checks')} of ${count(libraries, 'library', 'libraries')}`;

export const repair = {
  title: 'Check and repair',
  intro:
    'Looks for damaged files, passages without vectors, and models and folders that are gone. A repair makes anew what can be made from your documents, and never changes those.',
  check: 'Check the libraries',
  checking: 'Checking the libraries…',
  nothing: (checks: number, libraries: number) => `Nothing is wrong: ${made(checks, libraries)}.`,
  found: (findings: number, checks: number, libraries: number) =>
    `${count(findings, 'finding', 'findings')} in ${made(checks, libraries)}.`,
  program: 'The whole program',
  outcomes: { person: 'For you to mend', possible: 'Can be repaired', done: 'Repaired' },
  repair: 'Repair',
  repairing: 'Repairing…',
  repaired: 'What was repaired is read again in the background.',
  failed: 'The check did not work.',
  repairFailed: 'The repair did not work.',
} as const;
