/**
 * How much words count against vectors in the answer to one question. Where some passage holds most of the question's words, words decide;
 * where the best one holds but a few of them, the question was asked in other words than the documents use, and meaning decides.
 */

/** Where coverage rises from `coverage[0]` to `coverage[1]`, the weight of words rises from `weight[0]` to `weight[1]`. */
export type WordWeighting = { coverage: readonly [number, number]; weight: readonly [number, number] };

/** Chosen over all collections at once, see docs/search.md. */
export const wordWeighting: WordWeighting = { coverage: [0.15, 0.35], weight: [0.1, 0.5] };

/**
 * Part of the fused score that comes from words, 0…1. `bestScore` is the best passage's word score, `ceiling` what a passage would score that
 * holds each word as well as that word's best passage does.
 */
export function wordWeight(
  bestScore: number,
  ceiling: number,
  { coverage: [lowCoverage, highCoverage], weight: [lowWeight, highWeight] } = wordWeighting,
): number {
  const coverage = ceiling > 0 ? bestScore / ceiling : 1;
  const part = (coverage - lowCoverage) / (highCoverage - lowCoverage);
  return lowWeight + (highWeight - lowWeight) * Math.min(1, Math.max(0, part));
}
