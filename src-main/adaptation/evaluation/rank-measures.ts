/** Measures of a ranking that has one right answer at a known rank (1 is best), cut off at 10. */

/** Gain 1 at the answer: 1 / log2(1 + rank). */
export function ndcg10(rank: number): number {
  return rank <= 10 ? 1 / Math.log2(1 + rank) : 0;
}

export function reciprocalRank10(rank: number): number {
  return rank <= 10 ? 1 / rank : 0;
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return values.length > 0 ? sum / values.length : 0;
}
