/**
 * Starts a job and stays with it to its end. Cancelling asks the engine and then still waits: the job's own last state
 * is the only one that counts.
 */
import { AppError } from '../../common/app-error.ts';
import type { TrainingPoint } from '../../contract/adaptation.ts';
import type { Job } from '../../contract/jobs.ts';
import type { EngineClient } from '../connect-engine.ts';

export type FollowOptions = {
  onJob?: (job: Job) => void;
  onTraining?: (point: TrainingPoint) => void;
  /** Cancels the job. */
  signal?: AbortSignal;
};

/** The finished job. Throws AppError `cancelled`, `engine-gone`, or the failure's own code and words. */
export async function followJob(
  client: EngineClient,
  start: () => Promise<{ jobId: string }>,
  options: FollowOptions = {},
): Promise<Job> {
  const job = await followToEnd(client, start, options);
  if (job.state === 'completed') return job;
  if (job.state === 'cancelled') throw new AppError('cancelled', `${job.title} was cancelled.`);
  const { code, message } = job.failure ?? {};
  throw new AppError(code ?? 'internal', message ?? `${job.title} failed without a reason.`);
}

async function followToEnd(
  client: EngineClient,
  start: () => Promise<{ jobId: string }>,
  { onJob, onTraining, signal }: FollowOptions,
): Promise<Job> {
  const stream = new AbortController();
  // Joined before the start, so that not even a short job ends unseen.
  const events = await client.engine.events(undefined, { signal: stream.signal });
  try {
    await events.next();
    signal?.throwIfAborted();
    const { jobId } = await start();
    const cancel = () => void client.jobs.cancel({ jobId }).catch(() => {});
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    try {
      const known = await client.jobs.get({ jobId });
      onJob?.(known);
      if (hasEnded(known)) return known;
      for await (const event of events) {
        if (event.type === 'training' && event.jobId === jobId) onTraining?.(event.point);
        if (event.type !== 'job' || event.job.id !== jobId) continue;
        onJob?.(event.job);
        if (hasEnded(event.job)) return event.job;
      }
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
    throw new AppError(
      'engine-gone',
      'The engine stopped before the work was done. Repeat the command to go on.',
    );
  } finally {
    stream.abort();
  }
}

function hasEnded({ state }: Job): boolean {
  return state === 'completed' || state === 'cancelled' || state === 'failed';
}
