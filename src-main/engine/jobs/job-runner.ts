/**
 * Runs jobs, one at a time per lane, and journals them. It promises a final event for every job and knows nothing of
 * what a job does: kinds are given at construction.
 */

import { randomUUID } from 'node:crypto';
import { AppError } from '../../common/app-error.ts';
import { logStage } from '../../common/log-stage.ts';
import type { Job, JobPauser } from '../../contract/jobs.ts';
import type { JobKind } from '../../contract/tables/job-kinds.ts';
import { describeFailure } from './describe-failure.ts';
import { JobControl } from './job-control.ts';
import { outlivedJobs } from './job-history.ts';
import type { JobJournal } from './job-journal.ts';
import type { JobRequest, RunnableKind } from './job-kind.ts';
import { JobLanes } from './job-lanes.ts';
import { JobNews } from './job-news.ts';

type Entry = {
  job: Job;
  params: unknown;
  log: readonly string[];
  control: JobControl;
  ended: Promise<Job>;
  end: (job: Job) => void;
};

const maxLogLines = 200;
const activeStates = new Set(['queued', 'running', 'paused']);

export class JobRunner {
  readonly #kinds: Partial<Record<JobKind, RunnableKind>>;
  readonly #journal: JobJournal;
  readonly #news: JobNews;
  readonly #entries = new Map<string, Entry>();
  readonly #lanes = new JobLanes();
  readonly #timesAsked = new Map<string, number>();
  #closing = false;

  constructor(
    kinds: Partial<Record<JobKind, RunnableKind>>,
    journal: JobJournal,
    onChange: (job: Job) => void,
  ) {
    this.#kinds = kinds;
    this.#journal = journal;
    this.#news = new JobNews(onChange);
  }

  /** Loads the journal; jobs that a crash or a shutdown interrupted go on, paused ones stay paused. */
  restore(): void {
    for (const { job, params, log } of this.#journal.load()) {
      const entry = this.#enter(job, params, log);
      if (!activeStates.has(job.state)) {
        entry.end(job);
        continue;
      }
      if (this.#kinds[job.kind]?.resumable === false) {
        entry.control.cancel(new AppError('cancelled', 'Nobody waits for it any more.'));
      } else if (job.state === 'paused') entry.control.pause();
      else job.state = 'queued';
      this.#enqueue(entry);
    }
    this.#forgetOutlived();
  }

  /**
   * An equal job that has not begun is returned instead of a second one. A person who asks for it by hand sets one going
   * that waits for mains power.
   */
  submit(request: JobRequest): Job {
    if (this.#closing)
      throw new AppError('engine-gone', 'The engine is shutting down; start it again to go on.');
    const { startedBy = 'person' } = request;
    const asked = `${request.kind} ${request.library}`;
    this.#timesAsked.set(asked, (this.#timesAsked.get(asked) ?? 0) + 1);
    const key = JSON.stringify(request.params);
    for (const { job, params } of this.#entries.values()) {
      const same =
        job.kind === request.kind && job.library === request.library && JSON.stringify(params) === key;
      if (!same || job.startedAt !== null) continue;
      if (job.state === 'paused' && job.pausedBy === 'battery' && startedBy === 'person')
        return this.resume(job.id);
      if (job.state === 'queued' || job.pausedBy === 'battery') return job;
    }
    const job: Job = {
      id: randomUUID(),
      kind: request.kind,
      library: request.library,
      title: request.title,
      state: 'queued',
      startedBy,
      pausedBy: null,
      progress: { phase: 'waiting', done: 0, total: null, unit: '', etaSeconds: null },
      failure: null,
      result: null,
      createdAt: Date.now(),
      startedAt: null,
      endedAt: null,
    };
    const entry = this.#enter(job, request.params, []);
    this.#changed(entry);
    this.#enqueue(entry);
    return job;
  }

  /** How often such a job has been asked for since the start, also where one waited already. */
  timesAsked(kind: JobKind, library: string | null): number {
    return this.#timesAsked.get(`${kind} ${library}`) ?? 0;
  }

  list(): Job[] {
    return [...this.#entries.values()].map((entry) => entry.job);
  }

  get(id: string): Job {
    return this.#find(id).job;
  }

  /** What the job has noted, oldest first. */
  log(id: string): string[] {
    return [...this.#find(id).log];
  }

  /** Resolves when the job has ended, however it ended. */
  wait(id: string): Promise<Job> {
    return this.#find(id).ended;
  }

  pause(id: string, by: JobPauser = 'person'): Job {
    const entry = this.#find(id);
    if (entry.job.state === 'running' || entry.job.state === 'queued') {
      entry.control.pause();
      entry.job.state = 'paused';
      entry.job.pausedBy = by;
      this.#changed(entry);
    }
    return entry.job;
  }

  resume(id: string): Job {
    const entry = this.#find(id);
    if (entry.job.state === 'paused') {
      entry.job.state = entry.job.startedAt === null ? 'queued' : 'running';
      entry.job.pausedBy = null;
      entry.control.resume();
      this.#changed(entry);
      this.#lanes.proceed();
    }
    return entry.job;
  }

  /** Idempotent; does nothing to a job that has ended. */
  cancel(id: string): Job {
    const entry = this.#find(id);
    if (activeStates.has(entry.job.state)) {
      entry.control.cancel(new AppError('cancelled', `${entry.job.title} was cancelled.`));
      this.#lanes.proceed();
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
    this.#news.close();
    for (const { job, control } of this.#entries.values()) {
      if (activeStates.has(job.state))
        control.cancel(new AppError('engine-gone', 'The engine is shutting down.'));
    }
    this.#lanes.proceed();
    await this.#lanes.settled();
  }

  #find(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry)
      throw new AppError('not-found', `There is no job ${id}; it may have been cleared from the list.`);
    return entry;
  }

  #enter(job: Job, params: unknown, log: readonly string[]): Entry {
    const { promise, resolve } = Promise.withResolvers<Job>();
    const control = new JobControl({
      onProgress: (progress) => {
        job.progress = progress;
        this.#news.progressed(job);
      },
      onLog: (line) => {
        entry.log = [...entry.log, line].slice(-maxLogLines);
      },
    });
    const entry: Entry = { job, params, log, control, ended: promise, end: resolve };
    this.#entries.set(job.id, entry);
    return entry;
  }

  #enqueue(entry: Entry): void {
    const { job, control } = entry;
    this.#lanes.enqueue(this.#kinds[job.kind]?.lane(job.library) ?? job.kind, {
      isHeld: () => control.isPaused && !control.signal.aborted,
      run: () => this.#run(entry),
    });
  }

  async #run(entry: Entry): Promise<void> {
    const { job, control } = entry;
    try {
      await control.checkpoint();
      const kind = this.#kinds[job.kind];
      if (!kind) throw new AppError('not-supported', `This build cannot run jobs of the kind "${job.kind}".`);
      job.state = 'running';
      job.startedAt ??= Date.now();
      this.#changed(entry);
      job.result = (await kind.run(entry.params, control, job)) ?? null;
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
      this.#putBack(entry);
      this.#finish(entry, 'cancelled');
      return;
    }
    entry.job.failure = { phase: entry.job.progress.phase, ...describeFailure(error) };
    this.#finish(entry, 'failed');
  }

  /** What goes wrong here does not keep the job from ending. */
  #putBack(entry: Entry): void {
    try {
      this.#kinds[entry.job.kind]?.cancelled?.(entry.params);
    } catch (error) {
      entry.log = [...entry.log, describeFailure(error).message].slice(-maxLogLines);
    }
  }

  #finish(entry: Entry, state: 'completed' | 'cancelled' | 'failed'): void {
    entry.job.state = state;
    entry.job.pausedBy = null;
    const now = Date.now();
    entry.job.endedAt = now;
    logStage(`job ${entry.job.kind} ${state}`, now - (entry.job.startedAt ?? now));
    const { detail: _, ...progress } = entry.job.progress;
    entry.job.progress = { ...progress, etaSeconds: null };
    this.#changed(entry);
    entry.end(entry.job);
    this.#forgetOutlived();
  }

  #forgetOutlived(): void {
    const ids = outlivedJobs(this.list(), Date.now());
    if (ids.length === 0) return;
    for (const id of ids) this.#entries.delete(id);
    try {
      this.#journal.remove(ids);
    } catch {
      // A journal that cannot be written keeps them a while longer; the next end of a job tries again.
    }
  }

  /** Into the journal and to everybody. */
  #changed(entry: Entry): void {
    this.#writeDown(entry);
    this.#news.changed(entry.job);
  }

  /** A journal that cannot be written, as on a full disk, costs the job its going on after a crash, not its end. */
  #writeDown(entry: Entry): void {
    const { job, params, log } = entry;
    try {
      this.#journal.save({ job, params, log });
    } catch (error) {
      const line = `This job would not go on after a crash: ${describeFailure(error).message}`;
      if (log.at(-1) !== line) entry.log = [...log, line].slice(-maxLogLines);
    }
  }
}
