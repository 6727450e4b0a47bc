/** Training the encoder on one's own documents: the plan, the running figures, the held-out evaluation, the adapters. */
import { z } from 'zod';
import { adaptationMethods } from './tables/adaptation-methods.ts';

/** What they are: see the table. */
export const adaptationMethodSchema = z.enum(adaptationMethods);
export type AdaptationMethod = z.infer<typeof adaptationMethodSchema>;

/** What `auto` has become. */
export const chosenMethodSchema = adaptationMethodSchema.exclude(['auto']);
export type ChosenMethod = z.infer<typeof chosenMethodSchema>;

const stageNameSchema = z.enum(['llara', 'contrastive']);
export type StageName = z.infer<typeof stageNameSchema>;

export const adaptationRequestSchema = z.object({
  library: z.string().default('default'),
  budgetSeconds: z.number().positive().default(600),
  method: adaptationMethodSchema.default('auto'),
  rank: z.number().int().min(1).max(256).optional(),
  device: z.string().optional(),
  threads: z.number().int().min(1).optional(),
  seed: z.number().int().default(1),
});
export type AdaptationRequest = z.infer<typeof adaptationRequestSchema>;

/** What a run would read, take and need; `refusal` says in words why it must not start, with the numbers. */
export const adaptationPlanSchema = z.object({
  method: chosenMethodSchema,
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

/** What the held-out evaluation asks: some words of a heading, a passage or a sentence; a document's name, a number in it, a word of it. */
const heldOutKindSchema = z.enum(['heading', 'excerpt', 'sentence', 'name', 'identifier', 'word']);
export type HeldOutKind = z.infer<typeof heldOutKindSchema>;

/** A held-out question and the rank of the document that it was taken from: 1 is best, null where it was not found. */
const movedQuestionSchema = z.object({
  question: z.string(),
  /** Its title. */
  document: z.string(),
  before: z.number().nullable(),
  after: z.number().nullable(),
});
export type MovedQuestion = z.infer<typeof movedQuestionSchema>;

/** Paired randomisation test, two-sided, on nDCG@10, and the 95 % bootstrap interval of the difference. */
const differenceSchema = z.object({
  pValue: z.number(),
  differenceLow: z.number(),
  differenceHigh: z.number(),
});

const sizeAndGainSchema = z.object({
  questions: z.number(),
  ndcg10Before: z.number(),
  ndcg10After: z.number(),
});

/** Questions about what passages say, by vectors alone; beside them, all questions as people search. */
export const adaptationFiguresSchema = z.object({
  ...sizeAndGainSchema.shape,
  mrr10Before: z.number(),
  mrr10After: z.number(),
  ...differenceSchema.shape,
  /** All questions by words and vectors together; null in figures of earlier versions, as is what follows. */
  hybrid: sizeAndGainSchema.extend(differenceSchema.shape).nullable().default(null),
  /** Of these, names, identifiers and words alone. */
  short: differenceSchema.nullable().default(null),
  /** Of these, by kind. */
  kinds: z.array(sizeAndGainSchema.extend({ kind: heldOutKindSchema })).default([]),
  /** Those whose answer moved furthest: up first, then down. */
  moved: z.array(movedQuestionSchema).default([]),
});
export type AdaptationFigures = z.infer<typeof adaptationFiguresSchema>;

/** What one stage of a method has brought: figures of the same questions as those before and after, with what was learnt until its end. */
export const stageFiguresSchema = z.object({
  stage: stageNameSchema,
  steps: z.number(),
  trainedSeconds: z.number(),
  ndcg10: z.number(),
  mrr10: z.number(),
});
export type StageFigures = z.infer<typeof stageFiguresSchema>;

export const adapterSchema = z.object({
  id: z.string(),
  library: z.string(),
  createdAt: z.number(),
  encoder: z.string(),
  rank: z.number(),
  /** Adapters of earlier versions have learnt by contrast alone. */
  method: chosenMethodSchema.default('contrastive'),
  trainedDocuments: z.number(),
  trainedSeconds: z.number(),
  figures: adaptationFiguresSchema,
  /** In their order; none where they were not measured one by one. */
  stages: z.array(stageFiguresSchema).default([]),
  verdict: z.enum(['better', 'no-gain', 'worse']),
  /** The verdict in one sentence for a person. */
  sentence: z.string(),
  state: z.enum(['active', 'available', 'rejected']),
});
export type Adapter = z.infer<typeof adapterSchema>;
