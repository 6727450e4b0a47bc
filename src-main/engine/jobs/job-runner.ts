/**
 * Runs jobs, one at a time per lane, and journals them. It promises a final event for every job and knows nothing of
 * what a job does: bodies are given at construction, by kind, and must be restartable from their parameters.
 */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../common/app-error.ts';
import type { Job, JobKind } from '../../contract/jobs.ts';
import { describeFailure } from './describe-failure.ts';
import { JobControl } from './job-control.ts';
import type { JobJournal } from './job-journal.ts';

export type JobBody = (params: never, control: JobControl, job: Job) => Promise<unknown>;
export type JobBodies = Partial<Record<JobKind, JobBody>>;

export type JobRequest = {
  kind: JobKind;
  library: string | null;
  title: string;
  params: unknown;
};

type Entry = { job: Job; params: unknown; control: JobControl; ended: Promise<Job>; end: (job: Job) => void };

const maxLogLines = 200;
const eventIntervalMs = 100;
/** A measurement has an asker who waits for it; once both are gone, nobody wants its answer. */
const resumedKinds = new Set<JobKind>(['index', 'switch', 'adapt', 'download']);
const activeStates = new Set(['queued', 'running', 'paused']);

export class JobRunner {
  readonly #bodies: JobBodies;
  readonly #journal: JobJournal;
  readonly #onChange: (job: Job) => void;
  readonly #entries = new Map<string, Entry>();
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #pendingEvents = new Map<string, NodeJS.Timeout>();
  #closing = false;

  constructor(bodies: JobBodies, journal: JobJournal, onChange: (job: Job) => void) {
    this.#bodies = bodies;
    this.#journal = journal;
    this.#onChange = onChange;
  }

  /** Loads the journal; jobs that a crash or a shutdown interrupted go on, paused ones stay paused. */
  restore(): void {
    for (const { job, params } of this.#journal.load()) {
      const entry = this.#enter(job, params);
      if (!activeStates.has(job.state)) {
        entry.end(job);
        continue;
      }
      if (!resumedKinds.has(job.kind)) {
        entry.control.cancel(new AppError('cancelled', 'Nobody waits for it any more.'));
      } else if (job.state === 'paused') entry.control.pause();
      else job.state = 'queued';
      this.#enqueue(entry);
    }
  }

  /** An equal job that is still waiting is returned instead of a second one. */
  submit(request: JobRequest): Job {
    if (this.#closing)
      throw new AppError('engine-gone', 'The engine is shutting down; start it again to go on.');
    const key = JSON.stringify(request.params);
    for (const { job, params } of this.#entries.values()) {
      const same =
        job.kind === request.kind && job.library === request.library && JSON.stringify(params) === key;
      if (same && job.state === 'queued') return job;
    }
    const job: Job = {
      id: randomUUID(),
      kind: request.kind,
      library: request.library,
      title: request.title,
      state: 'queued',
      progress: { phase: 'waiting', done: 0, total: null, unit: '', etaSeconds: null },
      failure: null,
      result: null,
      log: [],
      createdAt: Date.now(),
      startedAt: null,
      endedAt: null,
    };
    const entry = this.#enter(job, request.params);
    this.#changed(entry, true);
    this.#enqueue(entry);
    return job;
  }

  list(): Job[] {
    return [...this.#entries.values()].map((entry) => entry.job);
  }

  get(id: string): Job {
    return this.#find(id).job;
  }

  /** Resolves when the job has ended, however it ended. */
  wait(id: string): Promise<Job> {
    return this.#find(id).ended;
  }

  pause(id: string): Job {
    const entry = this.#find(id);
    if (entry.job.state === 'running' || entry.job.state === 'queued') {
      entry.control.pause();
      entry.job.state = 'paused';
      this.#changed(entry, true);
    }
    return entry.job;
  }

  resume(id: string): Job {
    const entry = this.#find(id);
    if (entry.job.state === 'paused') {
      entry.job.state = entry.job.startedAt === null ? 'queued' : 'running';
      entry.control.resume();
      this.#changed(entry, true);
    }
    return entry.job;
  }

  /** Idempotent; does nothing to a job that has ended. */
  cancel(id: string): Job {
    const entry = this.#find(id);
    if (activeStates.has(entry.job.state)) {
      entry.control.cancel(new AppError('cancelled', `${entry.job.title} was cancelled.`));
    }
    return entry.job;
  }

  retry(id: string): Job {
    const { job, params } = this.#find(id);
    return this.submit({ kind: job.kind, library: job.library, title: job.title, params });
  }

  /** Stops all bodies at their next checkpoint. Their journal keeps them unfinished, so the next start goes on. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const { job, control } of this.#entries.values()) {
      if (activeStates.has(job.state))
        control.cancel(new AppError('engine-gone', 'The engine is shutting down.'));
    }
    await Promise.all(this.#lanes.values());
    for (const timer of this.#pendingEvents.values()) clearTimeout(timer);
  }

  #find(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry)
      throw new AppError('not-found', `There is no job ${id}; it may have been cleared from the list.`);
    return entry;
  }

  #enter(job: Job, params: unknown): Entry {
    const { promise, resolve } = Promise.withResolvers<Job>();
    const control = new JobControl({
      onProgress: (progress) => {
        job.progress = progress;
        this.#changed(entry, false);
      },
      onLog: (line) => {
        job.log = [...job.log, line].slice(-maxLogLines);
        this.#changed(entry, false);
      },
    });
    const entry: Entry = { job, params, control, ended: promise, end: resolve };
    this.#entries.set(job.id, entry);
    return entry;
  }

  /** Index and switch write to a library, one after the other; every other kind has a lane of its own. */
  #enqueue(entry: Entry): void {
    const { kind, library } = entry.job;
    const lane = kind === 'index' || kind === 'switch' ? `write:${library}` : kind;
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    this.#lanes.set(
      lane,
      before.then(() => this.#run(entry)),
    );
  }

  async #run(entry: Entry): Promise<void> {
    const { job, control } = entry;
    try {
      await control.checkpoint();
      const body = this.#bodies[job.kind];
      if (!body) throw new AppError('not-supported', `This build cannot run jobs of the kind "${job.kind}".`);
      job.state = 'running';
      job.startedAt ??= Date.now();
      this.#changed(entry, true);
      job.result = (await body(entry.params as never, control, job)) ?? null;
      this.#finish(entry, 'completed');
    } catch (error) {
      this.#handleError(entry, error);
    }
  }

  #handleError(entry: Entry, error: unknown): void {
    const { signal } = entry.control;
    if (this.#closing && signal.aborted) {
      // Left unfinished in the journal on purpose.
      entry.end(entry.job);
      return;
    }
    if (signal.aborted) {
      this.#finish(entry, 'cancelled');
      return;
    }
    entry.job.failure = { phase: entry.job.progress.phase, ...describeFailure(error) };
    this.#finish(entry, 'failed');
  }

  #finish(entry: Entry, state: 'completed' | 'cancelled' | 'failed'): void {
    entry.job.state = state;
    entry.job.endedAt = Date.now();
    entry.job.progress = { ...entry.job.progress, etaSeconds: null };
    this.#changed(entry, true);
    entry.end(entry.job);
  }

  /** Changes of state go out and into the journal at once; progress goes out at most every `eventIntervalMs`. */
  #changed(entry: Entry, atOnce: boolean): void {
    const { id } = entry.job;
    if (!atOnce) {
      if (this.#pendingEvents.has(id) || this.#closing) return;
      const timer = setTimeout(() => {
        this.#pendingEvents.delete(id);
        this.#onChange({ ...entry.job });
      }, eventIntervalMs);
      timer.unref();
      this.#pendingEvents.set(id, timer);
      return;
    }
    clearTimeout(this.#pendingEvents.get(id));
    this.#pendingEvents.delete(id);
    this.#writeDown(entry);
    this.#onChange({ ...entry.job });
  }

  /** A journal that cannot be written, as on a full disk, costs the job its going on after a crash, not its end. */
  #writeDown({ job, params }: Entry): void {
    try {
      this.#journal.save({ job, params });
    } catch (error) {
      const line = `This job would not go on after a crash: ${describeFailure(error).message}`;
      if (job.log.at(-1) !== line) job.log = [...job.log, line].slice(-maxLogLines);
    }
  }
}
