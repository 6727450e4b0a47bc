/**
 * Shares a few compute lanes among callers: interactive batches overtake background ones at the next free lane, and nothing that
 * was aborted is started. A batch that runs is never interrupted, which is why batches are kept short.
 */
import { AppError } from '../common/app-error.ts';
import type { EncodePriority } from './text-encoder.ts';

type Waiting<L> = {
  run: (lane: L) => Promise<void>;
  reject: (reason: unknown) => void;
  signal?: AbortSignal;
};

export class EncodeQueue<L> {
  readonly #free: L[];
  readonly #laneCount: number;
  readonly #waiting: Record<EncodePriority, Waiting<L>[]> = { interactive: [], background: [] };
  #onIdle: (() => void)[] = [];
  #closed = false;

  constructor(lanes: readonly L[]) {
    this.#free = [...lanes];
    this.#laneCount = lanes.length;
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
    if (this.#free.length < this.#laneCount) {
      await new Promise<void>((resolve) => this.#onIdle.push(resolve));
    }
  }

  #dispatch(): void {
    while (this.#free.length > 0) {
      const next = this.#waiting.interactive.shift() ?? this.#waiting.background.shift();
      if (next === undefined) break;
      if (next.signal?.aborted) {
        next.reject(next.signal.reason);
        continue;
      }
      const lane = this.#free.pop()!;
      void next.run(lane).then(() => {
        this.#free.push(lane);
        this.#dispatch();
      });
    }
    if (this.#free.length === this.#laneCount) {
      for (const resolve of this.#onIdle.splice(0)) resolve();
    }
  }
}

function disposedError(): AppError {
  return new AppError('internal', 'The encoder was used after its disposal.');
}
