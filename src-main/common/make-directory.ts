/**
 * Makes a folder and those above it that are missing. Node's own recursive mkdir never returns where a file system
 * refuses new folders by "not found", as /proc does, so the steps are taken one by one.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { AppError } from './app-error.ts';

/** Throws `path-not-readable`, naming the folder and the reason. Does nothing where the folder is there. */
export function makeDirectory(path: string): void {
  const missing: string[] = [];
  for (let next = resolve(path); !existsSync(next); next = dirname(next)) missing.push(next);
  try {
    for (const next of missing.reverse()) {
      // Another process may have been quicker.
      if (!existsSync(next)) mkdirSync(next);
    }
    // Says so where the path is there but is no folder.
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new AppError(
      'path-not-readable',
      `The folder ${path} cannot be made (${code}). Choose another place, for instance by LLARA_HOME.`,
      { cause },
    );
  }
}
