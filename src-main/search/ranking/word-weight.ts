/**
 * How much words count against vectors in the answer to one question. Where some passage holds most of the question's words, words decide;
 * where the best one holds but a few of them, the question was asked in other words than the documents use, and meaning decides.
 */

/** Points of coverage, rising, and the weight of words there; in between in proportion, beyond them as at the last. */
export type WordWeighting = readonly (readonly [coverage: number, weight: number])[];

/**
 * Chosen over all collections at once, see docs/lab/fusion.md. Level in the middle, where abstracts are asked for by topic; a passage that holds nearly
 * everything, such as a part number or a name, is what was meant.
 */
export const wordWeighting: WordWeighting = [
  [0.15, 0.2],
  [0.35, 0.5],
  [0.5, 0.5],
  [0.7, 0.8],
];

/**
 * Part of the fused score that comes from words, 0…1. `bestScore` is the best passage's word score, `ceiling` what a passage would score that
 * holds each word as well as that word's best passage does.
 */
export function wordWeight(
  bestScore: number,
  ceiling: number,
  weighting: WordWeighting = wordWeighting,
): number {
  const coverage = ceiling > 0 ? bestScore / ceiling : 1;
  const above = weighting.findIndex(([at]) => at >= coverage);
  if (above <= 0) return weighting.at(above)![1];
  const [[from, low], [to, high]] = [weighting[above - 1]!, weighting[above]!];
  return low + ((high - low) * (coverage - from)) / (to - from);
}
