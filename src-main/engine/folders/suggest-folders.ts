/**
 * Where most people keep their documents, as their system names those folders. Windows and macOS have fixed names for them, whatever
 * language shows; on Linux the desktop writes them down for each person.
 */
import { readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { SuggestedFolder } from '../../contract/libraries.ts';

type Kind = SuggestedFolder['kind'];

export type PersonsSystem = { platform: NodeJS.Platform; home: string; environment: NodeJS.ProcessEnv };

const usualNames = [
  ['documents', 'Documents', 'XDG_DOCUMENTS_DIR'],
  ['desktop', 'Desktop', 'XDG_DESKTOP_DIR'],
  ['downloads', 'Downloads', 'XDG_DOWNLOAD_DIR'],
] as const;

/** Only folders that are there; their real paths, each once. */
export const suggestFolders = async (
  system: PersonsSystem = { platform: process.platform, home: homedir(), environment: process.env },
): Promise<SuggestedFolder[]> => {
  const written = system.platform === 'linux' ? await readUserDirectories(system) : new Map<string, string>();
  const suggested: SuggestedFolder[] = [];
  const taken = new Set([await realpath(system.home).catch(() => system.home)]);
  for (const [kind, name, variable] of usualNames) {
    const path = await firstFolder(candidates(kind, name, written.get(variable), system));
    if (path === null || taken.has(path)) continue;
    taken.add(path);
    suggested.push({ kind, path });
  }
  return suggested;
};

const candidates = (
  kind: Kind,
  name: string,
  written: string | undefined,
  { platform, home, environment }: PersonsSystem,
): string[] => {
  if (written !== undefined) return [written];
  const usual = join(home, name);
  // OneDrive takes Documents and Desktop to itself where a person lets it, and leaves an empty folder in their place.
  const cloud = environment.OneDrive;
  return platform === 'win32' && cloud && kind !== 'downloads' ? [join(cloud, name), usual] : [usual];
};

const firstFolder = async (paths: readonly string[]): Promise<string | null> => {
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (isFolder) return await realpath(path);
  }
  return null;
};

/**
 * `user-dirs.dirs` as xdg-user-dirs writes it: `XDG_DOCUMENTS_DIR="$HOME/Dokumente"`. A folder that is the home itself is one that a
 * person has switched off.
 */
const readUserDirectories = async ({ home, environment }: PersonsSystem): Promise<Map<string, string>> => {
  const folder = environment.XDG_CONFIG_HOME || join(home, '.config');
  const text = await readFile(join(folder, 'user-dirs.dirs'), 'utf8').catch(() => '');
  const lines = text.matchAll(/^\s*(XDG_\w+_DIR)="(\$HOME(?=[/"])|\/)([^"\n]*)"/gm);
  return new Map(
    [...lines].map(([, variable, start, rest]) => [
      variable!,
      join(start === '/' ? '/' : home, rest!.replace(/\\(.)/g, '$1')),
    ]),
  );
};
