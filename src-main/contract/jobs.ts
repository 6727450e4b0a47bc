/**
 * Anything a person can wait for is a job. This file gives its states, its progress and its failure;
 * it does not say what a particular job does.
 */
import { z } from 'zod';
import { errorCodeSchema } from './error-codes.ts';

export const jobKindSchema = z.enum(['index', 'adapt', 'switch', 'evaluate', 'download']);
export type JobKind = z.infer<typeof jobKindSchema>;

export const jobStateSchema = z.enum(['queued', 'running', 'paused', 'completed', 'cancelled', 'failed']);
export type JobState = z.infer<typeof jobStateSchema>;

/** `done` and `total` count `unit`s of the current phase; `total` is null while it is unknown. */
export const jobProgressSchema = z.object({
  phase: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  unit: z.string(),
  etaSeconds: z.number().nullable(),
});
export type JobProgress = z.infer<typeof jobProgressSchema>;

export const jobFailureSchema = z.object({
  /** Jobs that were written down by an older version have none. */
  code: errorCodeSchema.default('internal'),
  phase: z.string(),
  message: z.string(),
  retryable: z.boolean(),
});
export type JobFailure = z.infer<typeof jobFailureSchema>;

export const jobSchema = z.object({
  id: z.string(),
  kind: jobKindSchema,
  /** Library the job works on; null for jobs of the whole engine, such as a download. */
  library: z.string().nullable(),
  title: z.string(),
  state: jobStateSchema,
  progress: jobProgressSchema,
  failure: jobFailureSchema.nullable(),
  /** What the job found or made, once it is completed; its shape depends on `kind`. */
  result: z.unknown(),
  log: z.array(z.string()),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
});
export type Job = z.infer<typeof jobSchema>;
