/** A kind of job for tests of the runner: any parameters, one lane per library, and the given work. */
import type { Job } from '../../../src-main/contract/jobs.ts';
import type { JobControl } from '../../../src-main/engine/jobs/job-control.ts';
import { type RunnableKind, writeLane } from '../../../src-main/engine/jobs/job-kind.ts';

export function kindOf<Params>(
  run: (params: Params, control: JobControl, job: Job) => Promise<unknown>,
  resumable = true,
): RunnableKind {
  return {
    lane: writeLane,
    resumable,
    run: (params, control, job) => run(params as Params, control, job),
  };
}
