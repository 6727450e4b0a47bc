/**
 * Jobs that count to a total, one step per tick. As in the real engine, cancelling only asks: the answer shows the job
 * as it still is, and its end comes with the next tick.
 */
import type { EngineEvent } from '../../../src-main/contract/events.ts';
import type { Job } from '../../../src-main/contract/jobs.ts';
import { factsOf, type JobKind, type JobPhase } from '../../../src-main/contract/tables/job-kinds.ts';

/** The phase that takes the time, where it is not the kind's first. */
const phases: Partial<Record<JobKind, JobPhase>> = {
  index: 'indexing',
  adapt: 'training',
  evaluate: 'searching',
  download: 'downloading',
  export: 'packing',
};

export interface FakeJobRequest {
  readonly kind: JobKind;
  readonly title: string;
  readonly unit: string;
  readonly total: number;
  readonly library?: string | null;
  readonly result?: unknown;
  /** Why it fails, where it does. */
  readonly failWith?: string;
  readonly onStep?: (done: number, job: Job) => void;
  readonly onCompleted?: () => void;
}

export class FakeJobs {
  readonly #jobs: Job[];
  readonly #publish: (event: EngineEvent) => void;
  readonly #stepMs: number;
  readonly #cancelled = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(jobs: Job[], publish: (event: EngineEvent) => void, stepMs: number) {
    this.#jobs = jobs;
    this.#publish = publish;
    this.#stepMs = stepMs;
  }

  start(request: FakeJobRequest): { jobId: string } {
    const job = this.#make(request);
    this.#jobs.push(job);
    this.#publish({ type: 'job', job });
    const timer = setInterval(() => {
      if (!this.#tick(job, request)) return;
      clearInterval(timer);
      this.#timers.delete(timer);
      job.endedAt = Date.now();
      if (job.state === 'completed') request.onCompleted?.();
      this.#publish({ type: 'job', job });
    }, this.#stepMs);
    timer.unref();
    this.#timers.add(timer);
    return { jobId: job.id };
  }

  /** Leaves what runs as it is. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  list(): Job[] {
    return this.#jobs;
  }

  find(id: string): Job {
    return this.#jobs.find((job) => job.id === id)!;
  }

  pause(id: string): Job {
    return this.#move(id, 'running', 'paused');
  }

  resume(id: string): Job {
    return this.#move(id, 'paused', 'running');
  }

  cancel(id: string): Job {
    this.#cancelled.add(id);
    return { ...this.find(id) };
  }

  /** Whether the job is over now. */
  #tick(job: Job, { total, onStep, failWith, result }: FakeJobRequest): boolean {
    if (this.#cancelled.has(job.id)) {
      job.state = 'cancelled';
      return true;
    }
    if (job.state === 'paused') return false;
    const done = job.progress.done + 1;
    job.progress = { ...job.progress, done, etaSeconds: ((total - done) * this.#stepMs) / 1000 };
    onStep?.(done, job);
    if (done < total) {
      this.#publish({ type: 'job', job });
      return false;
    }
    job.state = failWith ? 'failed' : 'completed';
    if (failWith) {
      const { phase } = job.progress;
      job.failure = { code: 'disk-full', phase, message: failWith, retryable: false };
    } else job.result = result ?? null;
    return true;
  }

  #move(id: string, from: Job['state'], to: Job['state']): Job {
    const job = this.find(id);
    if (job.state === from) job.state = to;
    this.#publish({ type: 'job', job });
    return job;
  }

  #make({ kind, title, unit, total, library }: FakeJobRequest): Job {
    return {
      id: `${kind}-${this.#jobs.length + 1}`,
      kind,
      library: library === undefined ? 'default' : library,
      title,
      state: 'running',
      startedBy: 'person',
      pausedBy: null,
      progress: {
        phase: phases[kind] ?? (factsOf(kind).phases[0] as JobPhase),
        done: 0,
        total,
        unit,
        etaSeconds: (total * this.#stepMs) / 1000,
      },
      failure: null,
      result: null,
      createdAt: Date.now(),
      startedAt: Date.now(),
      endedAt: null,
    };
  }
}
