/** A question and its answer: hits grouped by document, with where they are and why they were found. */
import { z } from 'zod';
import { documentSchema } from './libraries.ts';

export const searchModeSchema = z.enum(['lexical', 'dense', 'hybrid']);
export type SearchMode = z.infer<typeof searchModeSchema>;

export const searchRequestSchema = z.object({
  /** One library or several; `in:` in the query goes before it. */
  library: z.union([z.string(), z.array(z.string()).min(1)]).default('default'),
  query: z.string().max(10_000),
  /** `hybrid` falls back to `lexical`, with a notice, while no encoder is usable. */
  mode: searchModeSchema.default('hybrid'),
  /** Documents, not passages. */
  limit: z.number().int().min(1).max(1000).default(10),
  passagesPerDocument: z.number().int().min(1).max(20).default(3),
  /** Whether copies of a document come as one, with all their places; so unless it is false. */
  foldCopies: z.boolean().optional(),
  /** Whether the reranker of the settings takes part in hybrid search, if there is one; so unless it is false. */
  rerank: z.boolean().optional(),
});
export type SearchRequest = z.infer<typeof searchRequestSchema>;

export const textRangeSchema = z.object({ start: z.number(), end: z.number() });
export type TextRange = z.infer<typeof textRangeSchema>;

/** Ranks start at 1; a part is null where that retriever did not return the passage. */
export const scorePartsSchema = z.object({
  /** What is ranked by: both parts and, with an adapter that has learnt it, what resembling passages add. */
  fused: z.number(),
  lexical: z.number().nullable(),
  lexicalRank: z.number().nullable(),
  dense: z.number().nullable(),
  denseRank: z.number().nullable(),
  /** What a reranker gave, where one has read the passage; only differences within one answer mean something. */
  reranked: z.number().optional(),
});
export type ScoreParts = z.infer<typeof scorePartsSchema>;

export const hitSchema = z.object({
  chunkId: z.string(),
  /** The whole passage, and the part of it worth showing with the words to highlight in it. */
  text: z.string(),
  snippet: z.string(),
  highlights: z.array(textRangeSchema),
  /** The sentence of the passage that answers best, as offsets into `text`; null where none holds a word of the question. */
  sentence: textRangeSchema.nullable(),
  /** Words of the question, as they are written in the passage or its headings. */
  matchedWords: z.array(z.string()),
  headingPath: z.array(z.string()),
  /** 1-based; null where the format has no pages. */
  page: z.number().nullable(),
  /** Where the passage is in the document's extracted text. */
  range: textRangeSchema,
  score: scorePartsSchema,
});
export type Hit = z.infer<typeof hitSchema>;

export const searchGroupSchema = z.object({
  document: documentSchema,
  /** Where the document is; left out where that is the one library of the request. */
  library: z.string().optional(),
  /** Paths of all copies and near copies in the library, the document's own first; left out where there are none. */
  places: z.array(z.string()).optional(),
  score: z.number(),
  /** Whether it is likely to answer, and not merely the nearest that there is; left out where that is not judged. */
  certain: z.boolean().optional(),
  /** None for a document that no text was read from, found by its name; its state says why. */
  hits: z.array(hitSchema),
});
export type SearchGroup = z.infer<typeof searchGroupSchema>;

export const searchTimingSchema = z.object({
  parseMs: z.number(),
  encodeMs: z.number(),
  lexicalMs: z.number(),
  denseMs: z.number(),
  fuseMs: z.number(),
  /** What a reranker took, loading it included; 0 where none took part. */
  rerankMs: z.number(),
  presentMs: z.number(),
  totalMs: z.number(),
});
export type SearchTiming = z.infer<typeof searchTimingSchema>;

export const searchResponseSchema = z.object({
  /** The mode that answered, which may be less than the one asked for; `notices` then says why. */
  mode: searchModeSchema,
  groups: z.array(searchGroupSchema),
  /** 0…1 that something answers; left out where that is not judged: by meaning alone, and where a question only narrows. */
  confidence: z.number().min(0).max(1).optional(),
  /** Whether `confidence` is enough to offer the groups as an answer; left out with it. */
  confident: z.boolean().optional(),
  notices: z.array(z.string()),
  timing: searchTimingSchema,
});
export type SearchResponse = z.infer<typeof searchResponseSchema>;

/** Passages or documents that resemble a passage (`chunkId`) or a whole document, which is itself left out. */
export const similarRequestSchema = z.object({
  library: z.string().default('default'),
  documentId: z.string(),
  chunkId: z.string().optional(),
  limit: z.number().int().min(1).max(100).default(10),
  passagesPerDocument: z.number().int().min(1).max(20).default(1),
});
export type SimilarRequest = z.infer<typeof similarRequestSchema>;

/** `notices` says why nothing can be compared. Scores are cosines. */
export const similarResponseSchema = z.object({
  groups: z.array(searchGroupSchema),
  notices: z.array(z.string()),
});
export type SimilarResponse = z.infer<typeof similarResponseSchema>;

/** What one document holds for a question, the best passage first. */
export const passagesRequestSchema = z.object({
  library: z.string().default('default'),
  documentId: z.string(),
  query: z.string().max(10_000),
  mode: searchModeSchema.default('hybrid'),
  limit: z.number().int().min(1).max(150).default(50),
});
export type PassagesRequest = z.infer<typeof passagesRequestSchema>;

export const passagesResponseSchema = z.object({
  mode: searchModeSchema,
  hits: z.array(hitSchema),
  notices: z.array(z.string()),
});
export type PassagesResponse = z.infer<typeof passagesResponseSchema>;

/** What a person thinks of a hit; kept on this machine, and used as training pairs by adaptation. */
export const feedbackSchema = z.object({
  library: z.string().default('default'),
  query: z.string().min(1),
  chunkId: z.string(),
  verdict: z.enum(['helpful', 'not-helpful', 'opened']),
});
export type Feedback = z.infer<typeof feedbackSchema>;

export const savedSearchNameSchema = z.string().trim().min(1).max(100);

/** A question that a person keeps under a name. */
export const savedSearchRequestSchema = z.object({
  library: z.string().default('default'),
  name: savedSearchNameSchema,
  query: z.string().trim().min(1).max(10_000),
  mode: searchModeSchema.default('hybrid'),
});
export type SavedSearchRequest = z.infer<typeof savedSearchRequestSchema>;

export const savedSearchSchema = z.object({
  library: z.string(),
  name: z.string(),
  query: z.string(),
  mode: searchModeSchema,
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  lookedAt: z.number(),
  /** Documents that answer, and that came or changed since the person last looked; best first, at most 50. */
  newDocumentIds: z.array(z.string()),
});
export type SavedSearch = z.infer<typeof savedSearchSchema>;
