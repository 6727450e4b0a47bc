/** An answer in sentences, each with the passages of the person's own documents that it rests on. */
import { z } from 'zod';
import { searchModeSchema, textRangeSchema } from '../search.ts';

export const answerRequestSchema = z.object({
  /** One library or several, as for a search. */
  library: z.union([z.string(), z.array(z.string()).min(1)]).default('default'),
  question: z.string().trim().min(1).max(2_000),
  mode: searchModeSchema.default('hybrid'),
});
export type AnswerRequest = z.infer<typeof answerRequestSchema>;

/** A passage that the chat model was given, under the number by which sentences name it. */
export const answerPassageSchema = z.object({
  /** From 1. */
  number: z.number(),
  library: z.string(),
  documentId: z.string(),
  title: z.string(),
  path: z.string(),
  page: z.number().nullable(),
  headingPath: z.array(z.string()),
  text: z.string(),
  /** Where it is in the document's extracted text. */
  range: textRangeSchema,
});
export type AnswerPassage = z.infer<typeof answerPassageSchema>;

export const answerSentenceSchema = z.object({
  /** Without its citations. */
  text: z.string(),
  /** Numbers of passages: those that support it, or, where none does, those that the model named. */
  passages: z.array(z.number()),
  /** By the product's own comparison of the sentence with the passages, whatever the model says. */
  isSupported: z.boolean(),
  /** First of its paragraph. */
  opensParagraph: z.boolean(),
});
export type AnswerSentence = z.infer<typeof answerSentenceSchema>;

export const answerOutcomeSchema = z.enum([
  'answered',
  /** Nothing that was found answers the question; the model was not asked, or said so itself. */
  'not-in-documents',
  /** The answer was longer than one may be. */
  'cut-off',
]);
export type AnswerOutcome = z.infer<typeof answerOutcomeSchema>;

/** `passages` comes first and `end` last; a failure ends the stream as an error. */
export const answerEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('passages'),
    passages: z.array(answerPassageSchema),
    notices: z.array(z.string()),
  }),
  /** The sentence that is being written, as far as it is; a `sentence` takes its place. */
  z.object({ type: z.literal('writing'), text: z.string() }),
  z.object({ type: z.literal('sentence'), sentence: answerSentenceSchema }),
  z.object({
    type: z.literal('end'),
    outcome: answerOutcomeSchema,
    /** Null where no model was asked. */
    model: z.string().nullable(),
    seconds: z.number(),
  }),
]);
export type AnswerEvent = z.infer<typeof answerEventSchema>;

/** A chat model as a file: one that a person has imported, or that could be downloaded. */
export const chatModelSchema = z.object({
  /** Content hash of the GGUF file, as of encoders, or the catalogue's id while not downloaded. */
  id: z.string(),
  name: z.string(),
  path: z.string().nullable(),
  source: z.enum(['imported', 'catalogue']),
  sizeBytes: z.number(),
  licence: z.string().nullable(),
  url: z.string().nullable(),
  /** Why it cannot answer, else null. */
  unusable: z.string().nullable(),
});
export type ChatModel = z.infer<typeof chatModelSchema>;
