/**
 * Sets the size of libuv's thread pool for a process that holds an engine. Native computations wait in that pool,
 * and so do file accesses; the size is read once, when the pool is first used, so it has to be set before the
 * process starts.
 */
import { availableParallelism } from 'node:os';

const threadsForFiles = 4;

/** Environment for a process that is to run an engine; a size that a person set stays. */
export function threadPoolEnvironment(): { UV_THREADPOOL_SIZE: string } {
  return {
    UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? String(availableParallelism() + threadsForFiles),
  };
}
