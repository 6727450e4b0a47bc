/** What a step knows of its texts between forward and backward: an embedding for each branch, and the losses' gradients at it. */
import { type PooledBranch, poolBranch } from './branch-pooling.ts';
import type { BranchKind } from './branch-sequence.ts';

export type EmbeddedText = { self: PooledBranch | null; next: PooledBranch | null };
/** At the embeddings; null where there is none. */
export type EmbeddingGradients = { self: Float32Array | null; next: Float32Array | null };

/** Hidden states at the pooled positions of a micro-batch's texts, one after the other. */
export type PooledStates = { items: readonly number[]; kind: BranchKind; hidden: Float32Array };

/** One entry for each of a step's `count` texts. */
export function embedTexts(
  count: number,
  batches: readonly PooledStates[],
  { width, pooledPositions }: { width: number; pooledPositions: number },
): EmbeddedText[] {
  const embedded = Array.from({ length: count }, (): EmbeddedText => ({ self: null, next: null }));
  for (const { items, kind, hidden } of batches) {
    items.forEach((item, sequence) => {
      for (const { branch, row } of branchRows(kind, sequence, pooledPositions)) {
        const rows = hidden.subarray(row * width, (row + pooledPositions) * width);
        (embedded[item] as EmbeddedText)[branch] = poolBranch(rows, width, pooledPositions);
      }
    });
  }
  return embedded;
}

export function zeroGradients(embedded: readonly EmbeddedText[]): EmbeddingGradients[] {
  return embedded.map(({ self, next }) => ({
    self: self ? new Float32Array(self.embedding.length) : null,
    next: next ? new Float32Array(next.embedding.length) : null,
  }));
}

/** First row of each branch of a sequence among a micro-batch's selected positions. */
export function branchRows(
  kind: BranchKind,
  sequence: number,
  pooledPositions: number,
): { branch: 'self' | 'next'; row: number }[] {
  if (kind !== 'both') return [{ branch: kind, row: sequence * pooledPositions }];
  const row = sequence * 2 * pooledPositions;
  return [
    { branch: 'self', row },
    { branch: 'next', row: row + pooledPositions },
  ];
}
