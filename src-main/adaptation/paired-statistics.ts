/** Whether a difference between two runs over the same questions is more than luck. Seeded, so a report can be repeated. */

import { seededRandom } from '../common/seeded-random.ts';
import { mean } from './rank-measures.ts';

export type PairedStatistics = {
  difference: number;
  /** Two-sided paired randomisation test (Smucker, Allan, Carterette 2007): signs of differences flipped at random. */
  pValue: number;
  /** 95 % percentile bootstrap interval of the mean difference. */
  low: number;
  high: number;
};

/** `before` and `after` hold one value per question, in the same order. No questions: no difference, p = 1. */
export function pairedStatistics(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  options: { seed: number; rounds?: number },
): PairedStatistics {
  const rounds = options.rounds ?? 5000;
  const differences = Float64Array.from(before, (value, i) => (after[i] ?? 0) - value);
  const difference = mean(differences);
  if (differences.length === 0) return { difference: 0, pValue: 1, low: 0, high: 0 };
  const random = seededRandom(`statistics ${options.seed}`);
  let asExtreme = 0;
  const resampled = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let flipped = 0;
    let drawn = 0;
    for (const value of differences) {
      flipped += random.next() < 0.5 ? value : -value;
      drawn += differences[random.below(differences.length)] ?? 0;
    }
    if (Math.abs(flipped / differences.length) >= Math.abs(difference) - 1e-12) asExtreme++;
    resampled[round] = drawn / differences.length;
  }
  resampled.sort();
  const quantile = (share: number) => resampled[Math.min(rounds - 1, Math.floor(share * rounds))] ?? 0;
  return { difference, pValue: (asExtreme + 1) / (rounds + 1), low: quantile(0.025), high: quantile(0.975) };
}
