/** Questions that a person keeps under a name, and what is new among their answers. */
import { z } from 'zod';
import { searchModeSchema } from './search.ts';

export const savedSearchRequestSchema = z.object({
  library: z.string().default('default'),
  name: z.string().trim().min(1).max(100),
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
