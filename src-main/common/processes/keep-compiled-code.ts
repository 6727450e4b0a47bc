/** Keeps what V8 has compiled of the program in the data folder, for the next start of a process or a thread. */
import { existsSync } from 'node:fs';
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';

/** Holds for what this process loads from then on. Only where there is a data folder: asking for help makes none. */
export function keepCompiledCode(home: string): void {
  if (existsSync(home)) enableCompileCache(join(home, 'compile-cache'));
}

/** Environment of a thread, which keeps what it compiles where its process does: it learns of that in no other way. */
export function threadEnvironment(): NodeJS.ProcessEnv {
  const directory = getCompileCacheDir();
  // Node adds a folder of its own for each version.
  return directory === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(directory) };
}
