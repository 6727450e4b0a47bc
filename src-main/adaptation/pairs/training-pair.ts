/** A question-like text and the passage that answers it, taken from the documents themselves. */

export const pairKinds = [
  'heading',
  'next',
  'sentence',
  'excerpt',
  'keywords',
  'halves',
  'feedback',
] as const;
export type PairKind = (typeof pairKinds)[number];

export type TrainingPair = {
  kind: PairKind;
  documentId: string;
  /** Which of its document's passages `positive` is, or was made from. */
  chunk: number;
  /** Embedded with the NEXT prompt. */
  query: string;
  /** Embedded with the SELF prompt; contains what `query` was taken from only where the kind is `excerpt` or `keywords`. */
  positive: string;
  /** What follows `positive` in its document, the target of EBAR; null at a document's end. */
  following: string | null;
  /** A passage of another document that shares words with the query; null where there is none. */
  negative: string | null;
};
