/** How long ended jobs are remembered: a week, and no more than the newest of them. Unfinished ones are never forgotten. */
import type { Job } from '../../contract/jobs.ts';

const keptMs = 7 * 24 * 60 * 60 * 1000;
const keptCount = 200;

/** Ids of the jobs to forget at `nowMs`. */
export function outlivedJobs(jobs: Iterable<Job>, nowMs: number): string[] {
  const ended = [...jobs]
    .filter((job) => job.endedAt !== null)
    .sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  return ended
    .filter((job, index) => index >= keptCount || nowMs - (job.endedAt ?? 0) > keptMs)
    .map((job) => job.id);
}
