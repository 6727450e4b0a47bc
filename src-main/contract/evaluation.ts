/** Retrieval quality on a test collection in BEIR layout. Measures follow trec_eval: nDCG with linear gain. */
import { z } from 'zod';
import { searchModeSchema } from './search.ts';

/** `all`: every mode in turn, over one index. */
export const evaluationModeSchema = z.enum([...searchModeSchema.options, 'all']);
export type EvaluationMode = z.infer<typeof evaluationModeSchema>;

export const evaluationRequestSchema = z.object({
  /** Folder with corpus.jsonl, queries.jsonl and qrels.tsv. */
  directory: z.string(),
  mode: evaluationModeSchema.default('hybrid'),
  k: z.number().int().min(10).max(1000).default(100),
  /** Adapt on the collection's documents first, and report before and after. */
  adapt: z.boolean().default(false),
  budgetSeconds: z.number().positive().optional(),
  /** Of everything random in adapting. */
  seed: z.number().int().default(1),
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

/** The row of the mode asked for, or of each mode in the order of `searchModeSchema`. */
const evaluationRowsSchema = z.union([evaluationRowSchema, z.array(evaluationRowSchema)]);
export type EvaluationRows = z.infer<typeof evaluationRowsSchema>;

export const evaluationResultSchema = z.union([
  evaluationRowsSchema,
  z.object({
    before: evaluationRowsSchema,
    after: evaluationRowsSchema,
    adapt_seconds: z.number(),
    tokens_per_second: z.number(),
    /** Whether the held-out proof would have put the adapter into use. */
    adopted: z.boolean(),
    sentence: z.string(),
    /** What passages that resemble each other count for in hybrid search, as learnt; 0 where nothing. */
    neighbour_weight: z.number(),
  }),
]);
export type EvaluationResult = z.infer<typeof evaluationResultSchema>;
