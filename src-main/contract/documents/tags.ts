/** Tags that a person gives documents in Llara. They lie in the library alone: no file is written to, and what a file states is left as it is. */
import { z } from 'zod';
import { documentSchema } from '../libraries.ts';

/** A tag as it is typed; the engine makes it tidy and refuses what no filter could name. */
const typedTagSchema = z.string().min(1).max(200);

export const tagRequestSchema = z.object({
  library: z.string().default('default'),
  documentIds: z.array(z.string()).min(1).max(1000),
  add: z.array(typedTagSchema).max(100).default([]),
  remove: z.array(typedTagSchema).max(100).default([]),
});
export type TagRequest = z.infer<typeof tagRequestSchema>;

export const taggedSchema = z.array(documentSchema);

/** A tag of a library, and how many documents carry it or one below it. */
export const tagCountSchema = z.object({
  tag: z.string(),
  documents: z.number(),
  /** To how many of them a person gave it, or one below it; the others state it themselves. */
  given: z.number(),
});
export type TagCount = z.infer<typeof tagCountSchema>;
