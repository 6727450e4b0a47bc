/**
 * Names of libraries and models as the data folder has them. It only looks at folders: a key that is pressed must not wait for an
 * engine, nor open one.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { resourcesDirectory } from '../../common/resources-directory.ts';
import type { KnownNames } from './complete-words.ts';

export function knownNames(home: string): KnownNames {
  const models = (...folders: string[]) => [
    ...new Set(
      folders
        .flatMap((folder) => namesIn(folder, true))
        .filter((path) => path.endsWith('.gguf'))
        .map((path) => basename(path, '.gguf')),
    ),
  ];
  return {
    libraries: () =>
      namesIn(join(home, 'libraries')).filter((name) => /^[a-z0-9][a-z0-9-]{0,40}$/.test(name)),
    encoders: () => models(join(resourcesDirectory(), 'models'), join(home, 'models')),
    chatModels: () => models(join(home, 'chat-models')),
  };
}

function namesIn(folder: string, recursive = false): string[] {
  try {
    return readdirSync(folder, { recursive, encoding: 'utf8' }).sort();
  } catch {
    return []; // Not made yet.
  }
}
