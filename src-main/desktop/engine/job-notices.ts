/** Decides which ended jobs are worth a notification: long ones and failed ones, while nobody looks at the window, each once. */
import type { Job } from '../../contract/jobs.ts';

export interface JobNotice {
  title: string;
  body: string;
  /** Page address to show on a click. */
  hash: string;
}

const longJobMs = 30_000;

export class JobNotices {
  readonly #told = new Set<string>();

  /** Jobs that had ended before the shell joined are no news. */
  ignore(jobs: Iterable<Job>): void {
    for (const job of jobs) if (job.endedAt !== null) this.#told.add(job.id);
  }

  next(job: Job, options: { windowFocused: boolean }): JobNotice | null {
    if (job.state !== 'completed' && job.state !== 'failed') return null;
    if (this.#told.has(job.id)) return null;
    this.#told.add(job.id);
    if (options.windowFocused) return null;
    const tookMs = (job.endedAt ?? 0) - (job.startedAt ?? job.createdAt);
    if (job.state === 'completed' && tookMs < longJobMs) return null;
    return { title: titleOf(job), body: job.failure?.message ?? job.title, hash: hashOf(job) };
  }
}

function titleOf(job: Job): string {
  const failed = job.state === 'failed';
  switch (job.kind) {
    case 'index':
      return failed ? 'Indexing stopped' : 'Your documents are indexed';
    case 'adapt':
      return failed ? 'Learning stopped' : 'Learning from your documents has ended';
    case 'switch':
      return failed ? 'The encoder was not changed' : 'The new encoder is in use';
    case 'download':
      return failed ? 'The download stopped' : 'The download is complete';
    case 'evaluate':
      return failed ? 'The evaluation stopped' : 'The evaluation is complete';
  }
}

function hashOf(job: Job): string {
  if (job.kind === 'adapt') return '#/adapt';
  return job.kind === 'switch' || job.kind === 'download' ? '#/models' : '#/library';
}
