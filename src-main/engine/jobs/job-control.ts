/** What the body of a job sees of its job: report, log, and the one place where pausing and cancelling take effect. */

import { logStage } from '../../common/log-stage.ts';
import type { JobProgress } from '../../contract/jobs.ts';
import type { JobPhase } from '../../contract/tables/job-kinds.ts';
import { TimeLeft } from './time-left.ts';

export type JobControlEvents = {
  onProgress: (progress: JobProgress) => void;
  onLog: (line: string) => void;
};

export class JobControl {
  readonly #abort = new AbortController();
  readonly #events: JobControlEvents;
  readonly #pauseListeners = new Set<() => void>();
  #resume: (() => void) | undefined;
  #paused: Promise<void> | undefined;
  #phase: JobPhase = 'waiting';
  #phaseStartedAtMs = 0;
  readonly #timeLeft = new TimeLeft();

  constructor(events: JobControlEvents) {
    this.#events = events;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get isPaused(): boolean {
    return this.#paused !== undefined;
  }

  /** Waits while the job is paused; throws `signal.reason` once it is cancelled. Call it between units of work. */
  async checkpoint(): Promise<void> {
    while (this.#paused && !this.signal.aborted) await this.#paused;
    this.signal.throwIfAborted();
  }

  /** `done` and `total` count `unit`s of `phase`; `detail` names what is in hand, such as a file. */
  report(phase: JobPhase, done: number, total: number | null, unit: string, detail?: string): void {
    if (phase !== this.#phase) this.#begin(phase);
    const etaSeconds = this.#timeLeft.note(done, total, performance.now());
    this.#events.onProgress({
      phase,
      done,
      total,
      unit,
      etaSeconds,
      ...(detail === undefined ? {} : { detail }),
    });
  }

  /** For work that cannot wait in place and must be stopped to be paused. Returns how to end the subscription. */
  onPause(listener: () => void): () => void {
    this.#pauseListeners.add(listener);
    return () => this.#pauseListeners.delete(listener);
  }

  log(line: string): void {
    this.#events.onLog(line);
  }

  pause(): void {
    if (this.#paused) return;
    this.#paused = new Promise((resolve) => {
      this.#resume = resolve;
    });
    for (const listener of this.#pauseListeners) listener();
  }

  resume(): void {
    // A pause is not work: the pace is measured afresh.
    this.#timeLeft.reset();
    this.#paused = undefined;
    this.#resume?.();
  }

  cancel(reason: unknown): void {
    this.#abort.abort(reason);
    this.#resume?.();
  }

  #begin(phase: JobPhase): void {
    if (this.#phase !== 'waiting') logStage(`job ${this.#phase}`, performance.now() - this.#phaseStartedAtMs);
    this.#timeLeft.reset();
    this.#phase = phase;
    this.#phaseStartedAtMs = performance.now();
  }
}
