/**
 * Groups sequences of similar length into batches under a token budget, padding counted, and says how large that budget may be for the
 * memory there is. Pure.
 */

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

/** Nobody has measured what a larger one brings; `npm run bench -- gpu` does. */
const mostBatchTokens = 8192;
const leastBatchTokens = 64;
/**
 * Of what is free. The rest is for what backends take beside the graph's own memory, for an index that grows and for other programs: some
 * drivers end the process where they get none.
 */
const shareOfFree = 0.5;

/** Upper bound of tokens in one batch, padding counted, where `lanes` batches may be computed at a time. */
export function planBatchTokens(memory: {
  /** After the weights are loaded. */
  freeBytes: number;
  /** Of activations. */
  bytesPerToken: number;
  lanes: number;
}): number {
  const tokens = Math.floor((memory.freeBytes * shareOfFree) / memory.lanes / memory.bytesPerToken);
  return Math.max(leastBatchTokens, Math.min(mostBatchTokens, tokens));
}
