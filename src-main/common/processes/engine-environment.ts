/**
 * Environment of a process that holds an engine; each is read once, before the first line of the program could set it. Native
 * computations wait in libuv's thread pool, and so do file accesses, which makes four threads too few. LanceDB writes warnings of its own retries.
 */
import { availableParallelism } from 'node:os';

const threadsForFiles = 4;

/** What a person set stays. */
export function engineEnvironment(): { UV_THREADPOOL_SIZE: string; LANCEDB_LOG: string } {
  const { UV_THREADPOOL_SIZE, LANCEDB_LOG } = process.env;
  return {
    UV_THREADPOOL_SIZE: UV_THREADPOOL_SIZE ?? String(availableParallelism() + threadsForFiles),
    LANCEDB_LOG: LANCEDB_LOG ?? 'error',
  };
}
