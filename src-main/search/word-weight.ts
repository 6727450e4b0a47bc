/**
 * How much words count against vectors in the answer to one question. Where some passage holds most of the question's words, words decide;
 * where the best one holds but a few of them, the question was asked in other words than the documents use, and meaning decides.
 */

/** Between these shares of the ceiling the weight rises; the values were chosen over all collections at once, see docs/search.md. */
const [lowCoverage, highCoverage] = [0.15, 0.35];
const [lowWeight, highWeight] = [0.1, 0.5];

/**
 * Part of the fused score that comes from words, 0…1. `bestScore` is the best passage's word score, `ceiling` what a passage would score that
 * holds each word as well as that word's best passage does.
 */
export function wordWeight(bestScore: number, ceiling: number): number {
  const coverage = ceiling > 0 ? bestScore / ceiling : 1;
  const part = (coverage - lowCoverage) / (highCoverage - lowCoverage);
  return lowWeight + (highWeight - lowWeight) * Math.min(1, Math.max(0, part));
}
