/**
 * How much words count against vectors in the answer to one question. Where some passage holds most of the question's words, words decide;
 * where the best one holds but a few of them, the question was asked in other words than the documents use, and meaning decides.
 */

import { rankingSettings, type WordWeighting } from './ranking-settings.ts';

/**
 * Part of the fused score that comes from words, 0…1. `bestScore` is the best passage's word score, `ceiling` what a passage would score that
 * holds each word as well as that word's best passage does.
 */
export function wordWeight(
  bestScore: number,
  ceiling: number,
  weighting: WordWeighting = rankingSettings.wordWeighting,
): number {
  const coverage = ceiling > 0 ? bestScore / ceiling : 1;
  const above = weighting.findIndex(([at]) => at >= coverage);
  if (above <= 0) return weighting.at(above)![1];
  const [[from, low], [to, high]] = [weighting[above - 1]!, weighting[above]!];
  return low + ((high - low) * (coverage - from)) / (to - from);
}
