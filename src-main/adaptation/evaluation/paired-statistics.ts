/**
 * Tests whether a difference between two rankings of the same questions is more than chance. Seeded, so that a
 * report can be repeated.
 */

import { seededRandom } from '../../common/seeded-random.ts';

export type PairedStatistics = {
  difference: number;
  /** Two-sided paired randomisation test (Smucker, Allan, Carterette 2007): signs of differences flipped at random, cluster by cluster. */
  pValue: number;
  /** 95 % percentile interval of the mean difference by a cluster bootstrap: whole clusters are drawn, with replacement. */
  low: number;
  high: number;
};

/**
 * `before` and `after` hold one value per question, in the same order; `clusters` names what each question was taken from, since questions
 * about one text are not independent (each is its own cluster where absent). No questions: no difference, p = 1.
 */
export function pairedStatistics(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  options: { seed: number; rounds?: number; clusters?: readonly string[] },
): PairedStatistics {
  const rounds = options.rounds ?? 5000;
  const count = before.length;
  if (count === 0) return { difference: 0, pValue: 1, low: 0, high: 0 };
  const clusters = new Map<string, { sum: number; count: number }>();
  for (let i = 0; i < count; i++) {
    const name = options.clusters?.[i] ?? `${i}`;
    const cluster = clusters.get(name) ?? { sum: 0, count: 0 };
    cluster.sum += (after[i] ?? 0) - (before[i] ?? 0);
    cluster.count++;
    clusters.set(name, cluster);
  }
  const all = [...clusters.values()];
  const difference = all.reduce((total, { sum }) => total + sum, 0) / count;
  const random = seededRandom(`statistics ${options.seed}`);
  let asExtreme = 0;
  const resampled = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let flipped = 0;
    let drawnSum = 0;
    let drawnCount = 0;
    for (const { sum } of all) {
      flipped += random.next() < 0.5 ? sum : -sum;
      const drawn = all[random.below(all.length)];
      drawnSum += drawn?.sum ?? 0;
      drawnCount += drawn?.count ?? 0;
    }
    if (Math.abs(flipped / count) >= Math.abs(difference) - 1e-12) asExtreme++;
    resampled[round] = drawnSum / Math.max(1, drawnCount);
  }
  resampled.sort();
  const quantile = (share: number) => resampled[Math.min(rounds - 1, Math.floor(share * rounds))] ?? 0;
  return { difference, pValue: (asExtreme + 1) / (rounds + 1), low: quantile(0.025), high: quantile(0.975) };
}
