/** How a job ended, in words: how it went, how much it did, and how long it took. */
import type { Job } from '../../../src-main/contract/jobs.ts';
import { strings } from '../../strings.ts';
import { formatDuration } from '../format-duration.ts';
import { jobAmount } from './job-progress-text.ts';

export function jobOutcome(job: Job): string {
  const tookMs = job.startedAt === null || job.endedAt === null ? null : job.endedAt - job.startedAt;
  return [
    strings.jobs.ended[job.state as 'completed' | 'cancelled' | 'failed'] ?? '',
    jobAmount(job.progress),
    tookMs === null ? '' : formatDuration(tookMs / 1000),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
