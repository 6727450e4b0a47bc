/**
 * The two branches of a LLaRA text in training, SELF and NEXT: its token sequence, with both behind one shared prefix (arXiv 2312.15503: NEXT does not see
 * SELF, and its positions restart where SELF's began) or one alone; and from the hidden states at the pooled positions to an embedding for each, and back.
 */
import type { TokenSequence } from '../../encode/batch-packing.ts';

/** Token ids around a text, and how many positions at a suffix's end are pooled. */
export type BranchPrompt = {
  prefix: readonly number[];
  selfSuffix: readonly number[];
  nextSuffix: readonly number[];
  pooledPositions: number;
};

export type BranchKind = 'both' | 'self' | 'next';

/** Selected positions: SELF's pooled ones first, then NEXT's. `text` must already be short enough. */
export function buildBranchSequence(
  text: ArrayLike<number>,
  prompt: BranchPrompt,
  kind: BranchKind,
): TokenSequence {
  const self = kind === 'next' ? [] : prompt.selfSuffix;
  const next = kind === 'self' ? [] : prompt.nextSuffix;
  const shared = prompt.prefix.length + text.length;
  const length = shared + self.length + next.length;
  const tokens = new Int32Array(length);
  tokens.set(prompt.prefix);
  tokens.set(Int32Array.from(text), prompt.prefix.length);
  tokens.set(self, shared);
  tokens.set(next, shared + self.length);
  const pooled = (end: number) =>
    Array.from({ length: prompt.pooledPositions }, (_, i) => end - prompt.pooledPositions + i);
  const nextFrom = shared + self.length;
  const selected = Int32Array.from([
    ...(self.length > 0 ? pooled(nextFrom) : []),
    ...(next.length > 0 ? pooled(length) : []),
  ]);
  if (kind !== 'both') return { tokens, selected };
  return {
    tokens,
    selected,
    positions: Int32Array.from(tokens, (_, at) => (at < nextFrom ? at : at - self.length)),
    branches: Uint8Array.from(tokens, (_, at) => (at < shared ? 0 : at < nextFrom ? 1 : 2)),
  };
}

export type PooledBranch = {
  /** Unit length; `width` elements. */
  embedding: Float32Array;
  /** Length of the mean before normalising. */
  length: number;
};

/** `rows` holds `count` hidden states of `width` values each, after the final norm (llara.md: mean, then L2-normalise). */
export function poolBranch(rows: Float32Array, width: number, count: number): PooledBranch {
  const embedding = new Float32Array(width);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < width; i++) embedding[i]! += rows[row * width + i]! / count;
  }
  let squares = 0;
  for (let i = 0; i < width; i++) squares += embedding[i]! ** 2;
  const length = Math.max(Math.sqrt(squares), 1e-12);
  for (let i = 0; i < width; i++) embedding[i]! /= length;
  return { embedding, length };
}

/** Adds to `rowGradients` what `gradient`, taken at the embedding, is at each of the branch's rows: (g − (g·e) e) / (‖m‖ count). */
export function poolBranchBackward(
  rowGradients: Float32Array,
  pooled: PooledBranch,
  gradient: Float32Array,
  count: number,
): void {
  const { embedding, length } = pooled;
  const width = embedding.length;
  let along = 0;
  for (let i = 0; i < width; i++) along += gradient[i]! * embedding[i]!;
  for (let i = 0; i < width; i++) {
    const value = (gradient[i]! - along * embedding[i]!) / (length * count);
    for (let row = 0; row < count; row++) rowGradients[row * width + i]! += value;
  }
}

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
