/** Text recognition: what of a library waits for it, what that costs, and the languages it can read. */
import { z } from 'zod';

/** Data by which one language is recognised. */
export const recognitionLanguageSchema = z.object({
  /** Name of its file without the ending, such as `eng` or `chi_sim`. */
  code: z.string(),
  /** In English; the code where it came from a person's own file. */
  name: z.string(),
  /** On this machine, so that it is used. */
  isInstalled: z.boolean(),
  /** Of the installed file, else of the download. */
  sizeBytes: z.number(),
  /** Whether it can be downloaded. */
  isListed: z.boolean(),
});
export type RecognitionLanguage = z.infer<typeof recognitionLanguageSchema>;

/** What a run would read, and how long it would take. */
export const recognitionPlanSchema = z.object({
  library: z.string(),
  /** With pages that wait, in folders whose scans are read. */
  documents: z.number(),
  pages: z.number(),
  /** Pages in folders where recognition is switched off. */
  pagesSwitchedOff: z.number(),
  secondsPerPage: z.number(),
  /** Whether that was measured on this machine, or is what other machines take. */
  isMeasured: z.boolean(),
  estimatedSeconds: z.number(),
  /** Codes of the installed languages; without any, nothing can be read. */
  languages: z.array(z.string()),
});
export type RecognitionPlan = z.infer<typeof recognitionPlanSchema>;

export const recognitionResultSchema = z.object({
  /** Pages read, those among them with text, and those that could not be read. */
  pages: z.number(),
  withText: z.number(),
  failed: z.number(),
  seconds: z.number(),
  /** The index job that makes the text findable; null where nothing was read. */
  indexJobId: z.string().nullable(),
});
export type RecognitionResult = z.infer<typeof recognitionResultSchema>;

export const recognisedWordsSchema = z.object({
  /** Of the picture in which the boxes are, in its pixels. */
  width: z.number(),
  height: z.number(),
  words: z.array(
    z.object({
      text: z.string(),
      left: z.number(),
      top: z.number(),
      width: z.number(),
      height: z.number(),
    }),
  ),
});
export type RecognisedWords = z.infer<typeof recognisedWordsSchema>;
