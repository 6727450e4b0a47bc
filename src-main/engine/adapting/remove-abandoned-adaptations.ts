/** Clears what runs that will never go on have left in a library's folder: checkpoints without a job, adapters without a row. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '../../contract/jobs.ts';
import type { LibrarySession } from '../library-session.ts';

const unfinished = new Set<Job['state']>(['queued', 'running', 'paused']);

/** Call it when no adaptation of this library runs, as at the start of the engine. */
export async function removeAbandonedAdaptations(
  session: LibrarySession,
  jobs: readonly Job[],
): Promise<void> {
  const awaited = new Set(
    jobs.filter(({ kind, state }) => kind === 'adapt' && unfinished.has(state)).map(({ id }) => id),
  );
  const known = new Set(session.adapters.list().map(({ id }) => id));
  await removeOthers(join(session.directory, 'adapting'), (name) => awaited.has(name));
  await removeOthers(join(session.directory, 'adapters'), (name) => {
    const id = name.replace(/\.gguf$/, '');
    return known.has(id) || awaited.has(id);
  });
}

async function removeOthers(directory: string, isKept: (name: string) => boolean): Promise<void> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    if (!isKept(name)) await rm(join(directory, name), { recursive: true, force: true });
  }
}
