/** The folders that most people start with, by the conventions of each system. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { suggestFolders } from '../../../src-main/engine/folders/suggest-folders.ts';

let home = '';
const make = (...names: string[]) => {
  for (const name of names) mkdirSync(join(home, name), { recursive: true });
};
const suggest = async (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv = {}) =>
  (await suggestFolders({ platform, home, environment })).map(
    ({ kind, path }) => `${kind} ${path.slice(home.length + 1)}`,
  );

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'llara-home-')));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('takes those that are there', async () => {
  make('Documents', 'Downloads');
  writeFileSync(join(home, 'Desktop'), 'a file');
  expect(await suggest('darwin')).toEqual(['documents Documents', 'downloads Downloads']);
  expect(await suggest('linux')).toEqual(['documents Documents', 'downloads Downloads']);
});

it('reads what the desktop of Linux has written down, in the language of the person', async () => {
  make('Dokumente', 'Documents', 'Schreib tisch', 'config');
  const lines = [
    '# a remark',
    'XDG_DOCUMENTS_DIR="$HOME/Dokumente"',
    'XDG_DESKTOP_DIR="$HOME/Schreib tisch"',
    'XDG_DOWNLOAD_DIR="$HOME/"',
  ];
  writeFileSync(join(home, 'config/user-dirs.dirs'), lines.join('\n'));
  expect(await suggest('linux', { XDG_CONFIG_HOME: join(home, 'config') })).toEqual([
    'documents Dokumente',
    'desktop Schreib tisch',
  ]);
});

it('prefers what OneDrive has taken to itself on Windows', async () => {
  make('Documents', 'Desktop', 'Downloads', 'OneDrive/Documents');
  expect(await suggest('win32', { OneDrive: join(home, 'OneDrive') })).toEqual([
    'documents OneDrive/Documents',
    'desktop Desktop',
    'downloads Downloads',
  ]);
});
