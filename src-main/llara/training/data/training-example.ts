/** One pair of texts to learn from. The trainer does not know where it came from. */

export type TrainingExample = {
  /** Examples of one group (a document) are never each other's negatives. */
  group: string;
  /** Embedded with the NEXT prompt. */
  query: string;
  /** Embedded with the SELF prompt; also the text that EBAE reconstructs. */
  positive: string;
  /** Target of EBAR; null where nothing follows. */
  following: string | null;
  /** A passage that looks like the answer and is not; null where there is none. */
  negative: string | null;
  /** Index of `positive`, or of the passage that it was made from, in a bank of passages; null where there is none. */
  passage: number | null;
};
