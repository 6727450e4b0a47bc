/** The page's sentences about keeping libraries whole: their examination and repair, and the file in which one goes elsewhere. */
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

export const exchange = {
  export: 'Export',
  exportOne: (name: string) => `Export the library ${name}`,
  exportTitle: (name: string) => `Export the library “${name}”`,
  exportText:
    'Its folders, tags, feedback, adapters and settings go into one new file, for safekeeping or for another machine. The documents themselves are not in it.',
  newFile: 'Path of the new file',
  withIndex: 'With what was read of the documents',
  withIndexHint:
    'The file is then larger and holds their text; where it is imported, nothing has to be read again.',
  exported: (name: string, path: string) => `The library ${name} is in ${path}.`,
  import: 'Import a library',
  importText: 'A file that an export made, here or on another machine, becomes a library of this one.',
  file: 'Path of the file',
  look: 'Look inside',
  holds: (name: string, date: string, withIndex: boolean) =>
    `The library “${name}”, exported on ${date}, ${withIndex ? 'with' : 'without'} what was read of its documents.`,
  foldersTitle: 'Where its folders are on this machine',
  notHere: 'Not on this machine. Say where it is here; left as it is, its documents cannot be opened.',
  chooseFor: (path: string) => `Choose in a dialog…: ${path}`,
  settings: 'Take over the settings of the other machine',
  importNow: 'Import',
  imported: (name: string, withIndex: boolean) =>
    `The library ${name} is here.${withIndex ? '' : ' Its documents are being read.'}`,
} as const;
