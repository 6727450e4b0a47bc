/** Retrieval quality on a test collection in BEIR layout. Measures follow trec_eval: nDCG with linear gain. */
import { z } from 'zod';
import { searchModeSchema } from './search.ts';

export const evaluationRequestSchema = z.object({
  /** Folder with corpus.jsonl, queries.jsonl and qrels.tsv. */
  directory: z.string(),
  mode: searchModeSchema.default('hybrid'),
  k: z.number().int().min(10).max(1000).default(100),
  /** Adapt on the collection's documents first, and report before and after. */
  adapt: z.boolean().default(false),
  budgetSeconds: z.number().positive().optional(),
  /** Path of an encoder to use in place of the active one. */
  model: z.string().optional(),
});
export type EvaluationRequest = z.infer<typeof evaluationRequestSchema>;

export const evaluationRowSchema = z.object({
  collection: z.string(),
  mode: searchModeSchema,
  encoder: z.string().nullable(),
  adapter: z.string().nullable(),
  documents: z.number(),
  queries: z.number(),
  ndcg10: z.number(),
  mrr10: z.number(),
  recall100: z.number(),
  p50_ms: z.number(),
  p95_ms: z.number(),
  index_seconds: z.number(),
});
export type EvaluationRow = z.infer<typeof evaluationRowSchema>;

export const evaluationResultSchema = z.union([
  evaluationRowSchema,
  z.object({
    before: evaluationRowSchema,
    after: evaluationRowSchema,
    adapt_seconds: z.number(),
    tokens_per_second: z.number(),
    /** Whether the held-out proof would have put the adapter into use. */
    adopted: z.boolean(),
    sentence: z.string(),
  }),
]);
export type EvaluationResult = z.infer<typeof evaluationResultSchema>;
