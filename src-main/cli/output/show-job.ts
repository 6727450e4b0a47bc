/** Stays with a job to its end and draws its progress meanwhile. */
import type { Job } from '../../contract/jobs.ts';
import type { EngineClient } from '../connect-engine.ts';
import { followJob } from './follow-job.ts';
import { JobProgressBar } from './job-progress.ts';
import type { Terminal } from './terminal.ts';

/** `signal` cancels the job. Throws what `followJob` throws; the bar is gone either way. */
export async function showJob(
  { terminal, signal }: { terminal: Terminal; signal: AbortSignal },
  client: EngineClient,
  start: () => Promise<{ jobId: string }>,
): Promise<Job> {
  const bar = new JobProgressBar(terminal);
  try {
    return await followJob(client, start, { onJob: bar.show, signal });
  } finally {
    bar.stop();
  }
}
