/** A training example that documents give without labels, and how it was made. */
import type { TrainingExample } from '../../llara/training/data/training-example.ts';

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

/** `group` is the document. `positive` contains what `query` was taken from only where the kind is `excerpt` or `keywords`. */
export type TrainingPair = TrainingExample & { kind: PairKind; passage: number };
