/**
 * Anything a person can wait for is a job. This file gives its states, its progress and its failure;
 * it does not say what a particular job does.
 */
import { z } from 'zod';
import { errorCodeSchema } from './error-codes.ts';
import { jobKindNames, jobPhaseNames } from './tables/job-kinds.ts';

const jobKindSchema = z.enum(jobKindNames);

/** Jobs that were written down by an older version may be in a phase that there is no more. */
const jobPhaseSchema = z.enum(jobPhaseNames).catch('waiting');

export const jobStateSchema = z.enum(['queued', 'running', 'paused', 'completed', 'cancelled', 'failed']);
export type JobState = z.infer<typeof jobStateSchema>;

/** `done` and `total` count `unit`s of the current phase; `total` is null while it is unknown. */
export const jobProgressSchema = z.object({
  phase: jobPhaseSchema,
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string(),
  /** Null while too little has been done to tell. */
  etaSeconds: z.number().nullable(),
  /** What is in hand at this moment, such as a file's path. */
  detail: z.string().optional(),
});
export type JobProgress = z.infer<typeof jobProgressSchema>;

export const jobFailureSchema = z.object({
  /** Jobs that were written down by an older version have none. */
  code: errorCodeSchema.default('internal'),
  phase: jobPhaseSchema,
  message: z.string(),
  retryable: z.boolean(),
});
export type JobFailure = z.infer<typeof jobFailureSchema>;

/** `battery` stands for the machine's running on battery: such a job goes on by itself on mains power. */
export const jobPauserSchema = z.enum(['person', 'battery']);
export type JobPauser = z.infer<typeof jobPauserSchema>;

/** Its log is asked for by a call of its own: it would make every event long. */
export const jobSchema = z.object({
  id: z.string(),
  kind: jobKindSchema,
  /** Library the job works on; null for jobs of the whole engine, such as a download. */
  library: z.string().nullable(),
  title: z.string(),
  state: jobStateSchema,
  /** `llara` where the program began by itself, as when a watched folder changed. */
  startedBy: z.enum(['person', 'llara']).default('person'),
  /** Who paused it; null while it is not paused. */
  pausedBy: jobPauserSchema.nullable().default(null),
  progress: jobProgressSchema,
  failure: jobFailureSchema.nullable(),
  /** What the job found or made, once it is completed; its shape depends on `kind`. */
  result: z.unknown(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
});
export type Job = z.infer<typeof jobSchema>;
