/** Training the encoder on one's own documents: the plan, the running figures, the held-out evaluation, the adapters. */
import { z } from 'zod';

export const adaptationRequestSchema = z.object({
  library: z.string().default('default'),
  budgetSeconds: z.number().positive().default(600),
  rank: z.number().int().min(1).max(256).optional(),
  device: z.string().optional(),
  threads: z.number().int().min(1).optional(),
  seed: z.number().int().default(1),
});
export type AdaptationRequest = z.infer<typeof adaptationRequestSchema>;

/** What a run would read, take and need; `refusal` says in words why it must not start, with the numbers. */
export const adaptationPlanSchema = z.object({
  documents: z.number(),
  heldOutDocuments: z.number(),
  passages: z.number(),
  pairs: z.number(),
  tokens: z.number(),
  steps: z.number(),
  device: z.string(),
  estimatedSeconds: z.number(),
  memoryBytes: z.number(),
  availableMemoryBytes: z.number(),
  refusal: z.string().nullable(),
});
export type AdaptationPlan = z.infer<typeof adaptationPlanSchema>;

/** One point of the training curve. `losses` maps each part's name to its mean since the last point. */
export const trainingPointSchema = z.object({
  step: z.number(),
  totalSteps: z.number(),
  loss: z.number(),
  losses: z.record(z.string(), z.number()),
  validation: z.number().nullable(),
  learningRate: z.number(),
  tokensPerSecond: z.number(),
});
export type TrainingPoint = z.infer<typeof trainingPointSchema>;

export const adaptationFiguresSchema = z.object({
  questions: z.number(),
  ndcg10Before: z.number(),
  ndcg10After: z.number(),
  mrr10Before: z.number(),
  mrr10After: z.number(),
  /** Paired randomisation test, two-sided, on nDCG@10. */
  pValue: z.number(),
  /** 95 % bootstrap interval of the difference in nDCG@10. */
  differenceLow: z.number(),
  differenceHigh: z.number(),
});
export type AdaptationFigures = z.infer<typeof adaptationFiguresSchema>;

export const adapterSchema = z.object({
  id: z.string(),
  library: z.string(),
  createdAt: z.number(),
  encoder: z.string(),
  rank: z.number(),
  trainedDocuments: z.number(),
  trainedSeconds: z.number(),
  figures: adaptationFiguresSchema,
  verdict: z.enum(['better', 'no-gain', 'worse']),
  /** The verdict in one sentence for a person. */
  sentence: z.string(),
  state: z.enum(['active', 'available', 'rejected']),
});
export type Adapter = z.infer<typeof adapterSchema>;
