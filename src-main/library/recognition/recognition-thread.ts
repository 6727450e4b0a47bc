/**
 * Recognises text in a thread of its own, so that a hostile or huge picture costs only itself: each page has a time limit and
 * a memory limit, and a thread that hangs or dies is replaced.
 */
import { Worker } from 'node:worker_threads';
import { entryPath } from '../../common/entry-path.ts';
import { threadEnvironment } from '../../common/processes/keep-compiled-code.ts';
import type { PageOutcome, PageRequest } from './recognised-page.ts';

export type RecognitionLimits = { timeoutMs: number; signal: AbortSignal };

/** WebAssembly's memory is outside of the heap and counts as external. */
const maxMemoryBytes = 1536 * 1024 * 1024;
const maxHeapMegabytes = 768;
const memoryCheckMs = 200;

export class RecognitionThread {
  #worker: Worker | null = null;
  #isReady = false;
  #nextId = 1;

  /** One page at a time. Rejects with `signal.reason` alone. */
  async recognise(request: PageRequest, { timeoutMs, signal }: RecognitionLimits): Promise<PageOutcome> {
    signal.throwIfAborted();
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const id = this.#nextId++;
    return await new Promise<PageOutcome>((resolve, reject) => {
      let isSettled = false;
      const settle = (outcome: PageOutcome | null, isLost: boolean) => {
        isSettled = true;
        clearTimeout(timer);
        clearInterval(memoryCheck);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        signal.removeEventListener('abort', onAbort);
        if (isLost) this.close();
        if (outcome) resolve(outcome);
        else reject(signal.reason);
      };
      const fail = (reason: string) =>
        settle(
          this.#isReady
            ? { state: 'failed', reason: `Its text cannot be recognised: ${reason}.` }
            : { state: 'unable', reason: `Text recognition cannot be started: ${reason}.` },
          true,
        );
      const onAbort = () => settle(null, true);
      signal.addEventListener('abort', onAbort, { once: true });
      const timer = setTimeout(() => fail(`it took longer than ${timeoutMs / 1000} s`), timeoutMs);
      const memoryCheck = setInterval(() => {
        // A thread that has ended cannot be asked; its end is reported by itself.
        worker.getHeapStatistics().then(
          ({ used_heap_size, external_memory }) => {
            if (!isSettled && used_heap_size + external_memory > maxMemoryBytes)
              fail('it needs more memory than a page may have');
          },
          () => undefined,
        );
      }, memoryCheckMs);
      const onMessage = (message: 'ready' | { id: number; outcome: PageOutcome }) => {
        if (message === 'ready') this.#isReady = true;
        else if (message.id === id) settle(message.outcome, false);
      };
      const onError = (error: unknown) => fail(`the thread crashed (${String(error)})`);
      const onExit = () => fail('the thread ended');
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage({ id, request });
    });
  }

  /** Gives the memory back; the next page starts another thread. */
  close(): void {
    const worker = this.#worker;
    this.#worker = null;
    this.#isReady = false;
    void worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(entryPath(import.meta.url, './recognition-worker.ts'), {
      env: threadEnvironment(),
      name: 'recognition',
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
      // What the libraries complain about must not reach our output.
      stdout: true,
      stderr: true,
    });
    const forget = () => {
      if (this.#worker === worker) this.close();
    };
    // It may end between two pages, when nobody else listens.
    worker.on('error', forget).on('exit', forget);
    worker.unref();
    return worker;
  }
}
