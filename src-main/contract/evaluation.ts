/**
 * Retrieval quality on a test collection in BEIR layout, or on a folder of real files with questions. Measures follow
 * trec_eval: nDCG with linear gain.
 */
import { z } from 'zod';
import { adaptationMethodSchema, chosenMethodSchema, stageFiguresSchema } from './adaptation.ts';
import { searchModeSchema } from './search.ts';

/** `all`: every mode in turn, over one index. */
export const evaluationModeSchema = z.enum([...searchModeSchema.options, 'all']);
export type EvaluationMode = z.infer<typeof evaluationModeSchema>;

export const evaluationRequestSchema = z.object({
  /** Folder with corpus.jsonl, queries.jsonl and qrels.tsv, or with files/ and questions.json. */
  directory: z.string(),
  mode: evaluationModeSchema.default('hybrid'),
  k: z.number().int().min(10).max(1000).default(100),
  /** Adapt on the collection's documents first, and report before and after. */
  adapt: z.boolean().default(false),
  budgetSeconds: z.number().positive().optional(),
  /** How to adapt. */
  method: adaptationMethodSchema.default('auto'),
  /** Of everything random in adapting. */
  seed: z.number().int().default(1),
  /** Path of an encoder to use in place of the active one. */
  model: z.string().optional(),
  /** Path of a reranker that reads the first passages of hybrid search; none takes part without it, whatever the settings say. */
  reranker: z.string().optional(),
});
export type EvaluationRequest = z.infer<typeof evaluationRequestSchema>;

export const evaluationRowSchema = z.object({
  collection: z.string(),
  mode: searchModeSchema,
  encoder: z.string().nullable(),
  adapter: z.string().nullable(),
  /** Left out where none took part. */
  reranker: z.string().optional(),
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

/** `shown`: may be looked at while search is worked on; `aside`: only judges. */
export const evaluationHalfSchema = z.enum(['shown', 'aside']);
export type EvaluationHalf = z.infer<typeof evaluationHalfSchema>;

/** What became of the questions of one kind to a folder of real files; shares are from 0 to 1, null where nothing can be shared. */
export const questionRowSchema = z.object({
  collection: z.string(),
  mode: searchModeSchema,
  encoder: z.string().nullable(),
  adapter: z.string().nullable(),
  /** Left out where none took part. */
  reranker: z.string().optional(),
  /** Files there are, and those that a reader could read. */
  documents: z.number(),
  indexed: z.number(),
  /** Null: every question that has an answer. */
  kind: z.string().nullable(),
  /** Null: both. */
  half: evaluationHalfSchema.nullable(),
  questions: z.number(),
  /** Share of answerable questions whose first document answers, and of those with an answer among the first five. */
  first: z.number().nullable(),
  first5: z.number().nullable(),
  mrr10: z.number().nullable(),
  /** Share whose answering sentence stands in a shown passage of a document that answers. */
  sentence_shown: z.number().nullable(),
  /** Share in whose snippets of such passages it begins. */
  sentence_in_snippet: z.number().nullable(),
  /** Share of which the search said that nothing answers: right where nothing does, else a fault. Null while it does not judge. */
  not_there: z.number().nullable(),
  p50_ms: z.number(),
  p95_ms: z.number(),
  index_seconds: z.number(),
});
export type QuestionRow = z.infer<typeof questionRowSchema>;

/** The row of the mode asked for, or of each mode in the order of `searchModeSchema`; of questions, each mode has many. */
const evaluationRowsSchema = z.union([
  evaluationRowSchema,
  z.array(evaluationRowSchema),
  z.array(questionRowSchema),
]);
export type EvaluationRows = z.infer<typeof evaluationRowsSchema>;

export const evaluationResultSchema = z.union([
  evaluationRowsSchema,
  z.object({
    before: evaluationRowsSchema,
    after: evaluationRowsSchema,
    adapt_seconds: z.number(),
    tokens_per_second: z.number(),
    /** Whether the held-out evaluation would have put the adapter into use. */
    adopted: z.boolean(),
    sentence: z.string(),
    method: chosenMethodSchema,
    stages: z.array(stageFiguresSchema),
    /** What passages that resemble each other count for in hybrid search, as learnt; 0 where nothing. */
    neighbour_weight: z.number(),
  }),
]);
export type EvaluationResult = z.infer<typeof evaluationResultSchema>;
