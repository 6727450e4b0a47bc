/**
 * How alike two texts are in meaning, on a scale that is the same for every encoder. Cosines are not: some encoders give 0.8 to texts that
 * have nothing to do with each other. So 0 is what unrelated sentences get, and 1 what a text gets to itself.
 */
import { dot } from '../common/vectors/dot.ts';

/** What answering needs of an encoder: unit vectors, one for each text, which asks something or is something. */
export type MeaningOf = (
  texts: readonly string[],
  role: 'query' | 'passage',
  signal?: AbortSignal,
) => Promise<Float32Array[]>;

/** About nothing that they could share with a document, nor with each other. */
const unrelated = [
  'The orchestra tuned its violins before the second act.',
  'Volcanic ash settled on the runway overnight.',
  'She folded the paper crane and put it on the shelf.',
  'Sodium reacts strongly with water.',
  'The goalkeeper caught the ball with one hand.',
  'Camels store fat in their humps, not water.',
];

/** `a` is of the role that it was made for, `b` a passage. */
export type Likeness = (a: Float32Array, b: Float32Array) => number;

export type Comparison = { meaningOf: MeaningOf; toQuestion: Likeness; toSentence: Likeness };

export async function compareBy(meaningOf: MeaningOf, signal?: AbortSignal): Promise<Comparison> {
  const passages = await meaningOf(unrelated, 'passage', signal);
  const questions = await meaningOf(unrelated, 'query', signal);
  return {
    meaningOf,
    toQuestion: scaledBetween(questions, passages),
    toSentence: scaledBetween(passages, passages),
  };
}

function scaledBetween(some: readonly Float32Array[], others: readonly Float32Array[]): Likeness {
  const cosines = some.flatMap((one, index) =>
    others.filter((_, place) => place !== index).map((other) => dot(one, other)),
  );
  const base = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
  return (a, b) => (dot(a, b) - base) / Math.max(1e-6, 1 - base);
}
