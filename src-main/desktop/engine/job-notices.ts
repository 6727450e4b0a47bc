/** Decides which ended jobs are worth a notification: long ones and failed ones, while nobody looks at the window, each once. */

import type { Job } from '../../contract/jobs.ts';
import { factsOf } from '../../contract/tables/job-kinds.ts';

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
    const { notice, view } = factsOf(job.kind);
    if (options.windowFocused || notice === null) return null;
    const tookMs = (job.endedAt ?? 0) - (job.startedAt ?? job.createdAt);
    if (job.state === 'completed' && tookMs < longJobMs) return null;
    return { title: notice[job.state], body: job.failure?.message ?? job.title, hash: `#/${view}` };
  }
}
