/** What the engine knows of one kind of job. Each kind declares it in a file of its own in kinds/. */
import type { z } from 'zod';
import type { Job } from '../../contract/jobs.ts';
import type { JobKind } from '../../contract/tables/job-kinds.ts';
import type { JobControl } from './job-control.ts';

export type JobRequest = {
  kind: JobKind;
  /** Library the job works on; null for jobs of the whole engine. */
  library: string | null;
  title: string;
  /** All that the work needs to start anew after a crash; it must survive JSON. */
  params: unknown;
  /** A person, unless it says otherwise. */
  startedBy?: Job['startedBy'];
};

/** `Parts` is what the work is done with; the runner gets kinds that have theirs already, see `bindKind`. */
export interface JobKindDefinition<Params, Parts> {
  params: z.ZodType<Params>;
  /** Jobs of the same lane run one after the other. */
  lane(library: string | null): string;
  /** Whether it goes on after a restart, or ends with the process as nobody waits for it any more. */
  resumable: boolean;
  /** Restartable from its parameters at any point. What it returns is the job's result. */
  run(params: Params, parts: Parts, control: JobControl, job: Job): Promise<unknown>;
  /** After it was cancelled, begun or not: puts back what waited for it. */
  cancelled?(params: Params, parts: Parts): void;
}

export type RunnableKind = Pick<JobKindDefinition<unknown, unknown>, 'lane' | 'resumable'> & {
  run(params: unknown, control: JobControl, job: Job): Promise<unknown>;
  cancelled?(params: unknown): void;
};

/** Parameters that came from the journal are looked at again: an older version may have written them. */
export function bindKind<Params, Parts>(
  { params: schema, lane, resumable, run, cancelled }: JobKindDefinition<Params, Parts>,
  parts: Parts,
): RunnableKind {
  return {
    lane,
    resumable,
    run: async (params, control, job) => await run(schema.parse(params), parts, control, job),
    ...(cancelled ? { cancelled: (params) => cancelled(schema.parse(params), parts) } : {}),
  };
}

/** The lane of everything that writes to a library. */
export function writeLane(library: string | null): string {
  return `write:${library}`;
}
