/**
 * Reads files in worker threads, so that a slow, huge or hostile file costs only itself: it has a time limit and a
 * memory limit, and a thread that hangs or dies is replaced. What a file says is the readers' concern.
 */
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../common/app-error.ts';
import { entryPath } from '../../common/entry-path.ts';
import { threadEnvironment } from '../../common/processes/keep-compiled-code.ts';
import { readerStamp } from '../readers/reader-stamp.ts';
import type { ExtractedDocument, ExtractionOutcome } from './extracted-document.ts';
import type { ReadAttachment } from './read-attachments.ts';
import type { ReadDocument } from './read-document.ts';
import type { TokenRules, Tokens } from './token-counter.ts';

export type ExtractionRequest = {
  id: number;
  path: string;
  maxBytes: number;
  bytesOf?: string | undefined;
  /** Asks for `ReadDocument`s. */
  rules?: TokenRules | undefined;
};

/** What a thread says: that it is there, how a file ended, or of which texts it must know the tokens to go on with the file. */
export type ThreadMessage =
  | 'ready'
  | { id: number; extraction: AnyExtraction }
  | { id: number; count: string[] };
/** What a thread is told. */
export type PoolMessage = ExtractionRequest | { counts: number[] };

export type Extraction<Content = ExtractedDocument> = {
  outcome: ExtractionOutcome<Content>;
  /** SHA-256 of the bytes that were read, in hex; null if they were not read or not read in time. */
  contentHash: string | null;
  sizeBytes: number | null;
  /** Which reader has looked at the file, as of `readerStamp`; null where the file is too large to be read. */
  reader: string | null;
  /** Documents inside the file; left out where there are none. */
  attachments?: ReadAttachment<Content>[];
  /** Of the attachment that was asked for. */
  attachmentBytes?: Uint8Array;
};
type AnyExtraction = Extraction | Extraction<ReadDocument>;

export type ExtractionLimits = {
  maxBytes?: number;
  timeoutMs?: number;
  /** Name of an attachment whose bytes are wanted too. */
  bytesOf?: string;
  signal?: AbortSignal;
};

export type ExtractionPoolOptions = {
  workerCount?: number;
  /** Of what JavaScript keeps; and of all that a thread keeps, with the bytes outside of that. */
  maxHeapMegabytes?: number;
  maxMemoryMegabytes?: number;
  /** How long files wait for a thread that reads before another is started: that takes longer than reading many small files. */
  patienceMs?: number;
};

const defaultMaxBytes = 200_000_000;
const defaultTimeoutMs = 60_000;
const startTimeoutMs = 30_000;
const memoryCheckMs = 100;
const defaultPatienceMs = 500;
const filesForAllThreads = 24;
const tooMuchMemory = 'it needs more memory than a document may have';

type Task = ExtractionRequest & {
  timeoutMs: number;
  tokens: Tokens | undefined;
  settle: (extraction: AnyExtraction) => void;
  fail: (error: unknown) => void;
};

type Seat = {
  worker: Worker;
  isReady: boolean;
  task: Task | null;
  timer: NodeJS.Timeout | undefined;
  memoryCheck: NodeJS.Timeout | undefined;
};

export class ExtractionPool {
  readonly workerCount: number;
  readonly #maxHeapMegabytes: number;
  readonly #maxMemoryBytes: number;
  readonly #patienceMs: number;
  readonly #queue: Task[] = [];
  readonly #seats = new Set<Seat>();
  #nextId = 1;
  #failedStarts = 0;
  #patience: NodeJS.Timeout | undefined;
  #isDisposed = false;

  /** A thread starts with the first file or when it is asked to be ready, the others where files wait for it or are known to be many. */
  constructor(options: ExtractionPoolOptions = {}) {
    this.workerCount = options.workerCount ?? 2;
    this.#maxHeapMegabytes = options.maxHeapMegabytes ?? 768;
    this.#maxMemoryBytes = (options.maxMemoryMegabytes ?? 1536) * 1024 * 1024;
    this.#patienceMs = options.patienceMs ?? defaultPatienceMs;
  }

  /**
   * Reads the file at `path`. Every way a file can end is an outcome; the promise rejects only with `signal.reason`, or
   * with `internal` when threads cannot be started or the pool is disposed. The time limit counts from when a thread
   * takes the file up.
   */
  extract(path: string, limits: ExtractionLimits = {}): Promise<Extraction> {
    return this.#enqueue<Extraction>(path, limits, undefined);
  }

  /** The same, and goes on in the thread to what indexing needs of the text. `tokens` is called here, as often as the thread asks. */
  read(path: string, tokens: Tokens, limits: ExtractionLimits = {}): Promise<Extraction<ReadDocument>> {
    return this.#enqueue<Extraction<ReadDocument>>(path, limits, tokens);
  }

  #enqueue<Result extends AnyExtraction>(
    path: string,
    limits: ExtractionLimits,
    tokens: Tokens | undefined,
  ): Promise<Result> {
    const { signal } = limits;
    if (this.#isDisposed) return Promise.reject(new AppError('internal', 'The extraction pool is disposed.'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const onAbort = () => this.#abandon(task, signal?.reason);
      const task: Task = {
        id: this.#nextId++,
        path,
        maxBytes: limits.maxBytes ?? defaultMaxBytes,
        bytesOf: limits.bytesOf,
        timeoutMs: limits.timeoutMs ?? defaultTimeoutMs,
        tokens,
        settle: (extraction) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(extraction as Result);
        },
        fail: (error) => {
          signal?.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(task);
      this.#advance();
    });
  }

  /** Has as many threads start as so many files will need: each takes some tenths of a second to load its readers, so that one does for few files. */
  warmUp(fileCount: number): void {
    const wanted = fileCount < filesForAllThreads ? Math.min(fileCount, 1) : this.workerCount;
    while (!this.#isDisposed && this.#seats.size < wanted) this.#start();
  }

  /** Those that start or have started. */
  get threadCount(): number {
    return this.#seats.size;
  }

  /** Ends all threads; files still waiting are rejected. Idempotent. */
  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    clearTimeout(this.#patience);
    const error = new AppError('cancelled', 'Reading was stopped because the extraction pool was disposed.');
    for (const task of this.#queue.splice(0)) task.fail(error);
    const seats = [...this.#seats];
    await Promise.all(seats.map((seat) => this.#vacate(seat, (task) => task.fail(error))));
  }

  #advance(): void {
    if (this.#isDisposed) return;
    for (const seat of this.#seats) {
      if (this.#queue.length === 0) return;
      if (seat.isReady && !seat.task) this.#assign(seat, this.#queue.shift()!);
    }
    if (this.#queue.length === 0) return;
    if (this.#seats.size === 0) this.#start();
    else if (this.#isShort() && !this.#patience) {
      this.#patience = setTimeout(() => {
        this.#patience = undefined;
        if (this.#queue.length > 0 && this.#isShort()) this.#start();
        this.#advance();
      }, this.#patienceMs).unref();
    }
  }

  /** Whether another thread may be started: not while one is on its way. */
  #isShort(): boolean {
    return this.#seats.size < this.workerCount && [...this.#seats].every((seat) => seat.isReady);
  }

  #start(): void {
    const worker = new Worker(entryPath(import.meta.url, './extraction-worker.ts'), {
      name: 'extraction',
      env: threadEnvironment(),
      resourceLimits: { maxOldGenerationSizeMb: this.#maxHeapMegabytes },
      // What pdf.js warns about must not reach our output. The streams are left unread: reading would keep the process up.
      stdout: true,
      stderr: true,
    });
    const seat: Seat = { worker, isReady: false, task: null, timer: undefined, memoryCheck: undefined };
    this.#seats.add(seat);
    seat.timer = setTimeout(() => this.#onEnd(seat, 'it did not start in time'), startTimeoutMs);
    worker.on('message', (message: ThreadMessage) => this.#onMessage(seat, message));
    worker.on('error', (error) => this.#onEnd(seat, describeCrash(error)));
    worker.on('exit', () => this.#onEnd(seat, 'the thread that read it ended'));
    // An idle pool does not keep a process alive; a waiting caller has its own reasons to stay.
    worker.unref();
  }

  #assign(seat: Seat, task: Task): void {
    seat.task = task;
    seat.worker.ref();
    const { id, path, maxBytes, bytesOf, tokens, timeoutMs } = task;
    const rules = tokens && { id: tokens.id, isByWord: tokens.isByWord };
    seat.timer = setTimeout(() => {
      void this.#vacate(seat, () =>
        task.settle(failed(task, `Reading took longer than ${timeoutMs / 1000} s.`)),
      );
      this.#advance();
    }, timeoutMs);
    this.#watchMemory(seat, task);
    seat.worker.postMessage({ id, path, maxBytes, bytesOf, rules } satisfies PoolMessage);
  }

  /** The heap has a limit of its own; buffers lie outside of it, and a thread that is busy is asked all the same. */
  #watchMemory(seat: Seat, task: Task): void {
    const check = async () => {
      const { used_heap_size, external_memory } = await seat.worker.getHeapStatistics();
      if (seat.task !== task) return;
      if (used_heap_size + external_memory > this.#maxMemoryBytes) this.#onEnd(seat, tooMuchMemory);
      else seat.memoryCheck = setTimeout(onTime, memoryCheckMs);
    };
    // A thread that has ended cannot be asked; its end is reported by itself.
    const onTime = () => void check().catch(() => undefined);
    seat.memoryCheck = setTimeout(onTime, memoryCheckMs);
  }

  #onMessage(seat: Seat, message: ThreadMessage): void {
    if (!this.#seats.has(seat)) return;
    if (message === 'ready') {
      clearTimeout(seat.timer);
      seat.isReady = true;
      this.#failedStarts = 0;
    } else {
      const { task } = seat;
      if (!task || task.id !== message.id) return;
      if ('count' in message) {
        this.#count(seat, task, message.count);
        return;
      }
      clearTimeout(seat.timer);
      seat.task = null;
      clearTimeout(seat.memoryCheck);
      seat.worker.unref();
      task.settle(message.extraction);
    }
    this.#advance();
  }

  #count(seat: Seat, task: Task, texts: string[]): void {
    try {
      seat.worker.postMessage({ counts: task.tokens?.count(texts) ?? [] } satisfies PoolMessage);
    } catch (error) {
      // The encoder was closed meanwhile. The thread waits for an answer, so it is replaced.
      void this.#vacate(seat, () => task.fail(error));
      this.#advance();
    }
  }

  /** A thread that dies takes one file with it. Threads that never come up are given up on after a few tries. */
  #onEnd(seat: Seat, reason: string): void {
    if (!this.#seats.has(seat)) return;
    if (!seat.isReady && ++this.#failedStarts >= 3) {
      const error = new AppError('internal', `Threads for reading documents cannot be started: ${reason}.`);
      for (const task of this.#queue.splice(0)) task.fail(error);
      this.#failedStarts = 0;
    }
    void this.#vacate(seat, (task) => task.settle(failed(task, `The file cannot be read: ${reason}.`)));
    this.#advance();
  }

  #abandon(task: Task, reason: unknown): void {
    const index = this.#queue.indexOf(task);
    if (index >= 0) this.#queue.splice(index, 1);
    for (const seat of this.#seats) if (seat.task === task) void this.#vacate(seat, () => {});
    task.fail(reason);
    this.#advance();
  }

  async #vacate(seat: Seat, endTask: (task: Task) => void): Promise<void> {
    this.#seats.delete(seat);
    clearTimeout(seat.timer);
    clearTimeout(seat.memoryCheck);
    const { task } = seat;
    seat.task = null;
    if (task) endTask(task);
    await seat.worker.terminate();
  }
}

const failed = ({ path }: Task, reason: string): Extraction => ({
  outcome: { state: 'failed', reason },
  contentHash: null,
  sizeBytes: null,
  reader: readerStamp(basename(path), new Uint8Array()),
});

const describeCrash = (error: unknown): string => {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return tooMuchMemory;
  }
  return `the thread that read it crashed (${error instanceof Error ? error.message : String(error)})`;
};
