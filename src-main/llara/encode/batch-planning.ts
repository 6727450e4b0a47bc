/** Groups sequences of similar length into batches under a token budget, padding counted. Pure. */

/** Indices per batch, longest sequences first, so that memory grows once and the last batches are short. */
export function planBatches(
  lengths: readonly number[],
  tokenBudget: number,
  maxSequences = Number.POSITIVE_INFINITY,
): number[][] {
  const order = lengths.map((_, index) => index).sort((a, b) => lengths[b]! - lengths[a]! || a - b);
  const batches: number[][] = [];
  let current: number[] = [];
  let width = 0;
  for (const index of order) {
    const isFull = (current.length + 1) * width > tokenBudget || current.length >= maxSequences;
    if (current.length > 0 && isFull) {
      batches.push(current);
      current = [];
    }
    if (current.length === 0) width = lengths[index]!;
    current.push(index);
  }
  if (current.length > 0) batches.push(current);
  return batches;
}
