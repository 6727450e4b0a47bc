/**
 * Native computations wait in libuv's thread pool, which files need as well. Its size is read once, when it is first
 * used, so a process that holds an engine is started with room for both.
 */
import { availableParallelism } from 'node:os';

const threadsForFiles = 4;

/** Environment for a process that is to run an engine; a size that a person set stays. */
export function threadPoolEnvironment(): { UV_THREADPOOL_SIZE: string } {
  return {
    UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? String(availableParallelism() + threadsForFiles),
  };
}
