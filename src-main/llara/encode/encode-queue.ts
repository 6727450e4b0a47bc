/**
 * Shares a few compute lanes among callers: interactive batches take the lane kept for them or overtake background ones at the next
 * free lane, and nothing that was aborted is started. A batch that runs is never interrupted, which is why batches are kept short.
 */
import { AppError } from '../../common/app-error.ts';
import type { EncodePriority } from './text-encoder.ts';

type Waiting<L> = {
  run: (lane: L) => Promise<void>;
  reject: (reason: unknown) => void;
  signal?: AbortSignal;
};

export class EncodeQueue<L> {
  readonly #free: Record<EncodePriority, L[]>;
  #runningCount = 0;
  readonly #waiting: Record<EncodePriority, Waiting<L>[]> = { interactive: [], background: [] };
  #onIdle: (() => void)[] = [];
  #closed = false;

  /** `interactiveLane` never serves background work. */
  constructor(lanes: readonly L[], interactiveLane: L | null = null) {
    this.#free = { background: [...lanes], interactive: interactiveLane === null ? [] : [interactiveLane] };
  }

  /** Runs `work` on the next free lane. Rejects with `signal.reason` when aborted before its turn. */
  add<T>(work: (lane: L) => Promise<T>, priority: EncodePriority, signal?: AbortSignal): Promise<T> {
    if (this.#closed) return Promise.reject(disposedError());
    return new Promise<T>((resolve, reject) => {
      const run = async (lane: L) => {
        try {
          resolve(await work(lane));
        } catch (error) {
          reject(error);
        }
      };
      this.#waiting[priority].push({ run, reject, signal });
      this.#dispatch();
    });
  }

  /** Rejects what waits, lets what runs finish. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const list of Object.values(this.#waiting)) {
      for (const { reject } of list.splice(0)) reject(disposedError());
    }
    if (this.#runningCount > 0) {
      await new Promise<void>((resolve) => this.#onIdle.push(resolve));
    }
  }

  #dispatch(): void {
    const { interactive, background } = this.#waiting;
    this.#serve(interactive, this.#free.background);
    this.#serve(interactive, this.#free.interactive);
    this.#serve(background, this.#free.background);
    if (this.#runningCount === 0) {
      for (const resolve of this.#onIdle.splice(0)) resolve();
    }
  }

  /** Starts what waits as long as lanes are free. */
  #serve(waiting: Waiting<L>[], free: L[]): void {
    while (waiting.length > 0 && free.length > 0) {
      const { run, reject, signal } = waiting.shift()!;
      if (signal?.aborted) {
        reject(signal.reason);
        continue;
      }
      const lane = free.pop()!;
      this.#runningCount += 1;
      void run(lane).then(() => {
        this.#runningCount -= 1;
        free.push(lane);
        this.#dispatch();
      });
    }
  }
}

function disposedError(): AppError {
  return new AppError('internal', 'The encoder was used after its disposal.');
}
