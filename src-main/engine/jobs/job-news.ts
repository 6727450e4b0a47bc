/** Tells of changes of jobs: of their state at once, of their progress no more often than anybody could read it. */
import type { Job } from '../../contract/jobs.ts';

const progressIntervalMs = 100;

export class JobNews {
  readonly #tell: (job: Job) => void;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  #isClosed = false;

  constructor(tell: (job: Job) => void) {
    this.#tell = tell;
  }

  /** The job as it is now; progress that still waits to be told is part of that. */
  changed(job: Job): void {
    clearTimeout(this.#waiting.get(job.id));
    this.#waiting.delete(job.id);
    this.#tell({ ...job });
  }

  /** The job as it will be in a moment. */
  progressed(job: Job): void {
    if (this.#isClosed || this.#waiting.has(job.id)) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(job.id);
      this.#tell({ ...job });
    }, progressIntervalMs);
    timer.unref();
    this.#waiting.set(job.id, timer);
  }

  /** Progress is told no more; changes of state are. */
  close(): void {
    this.#isClosed = true;
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }
}
