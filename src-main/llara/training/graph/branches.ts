/**
 * The two branches of a text in training, SELF (as a passage) and NEXT (as a query): its token sequence, with both behind one shared prefix (arXiv
 * 2312.15503: NEXT does not see SELF, and its positions restart where SELF's began) or one alone; and from the hidden states at the pooled positions to
 * an embedding for each, and back.
 */
import { AppError } from '../../../common/app-error.ts';
import type { TokenSequence } from '../../encode/batches/batch-packing.ts';
import { type Pooling, selectedPositions } from '../../prompt/pooling.ts';

/** Token ids around a text, and which positions are pooled. */
export type BranchPrompt = {
  prefix: readonly number[];
  selfSuffix: readonly number[];
  nextSuffix: readonly number[];
  pooling: Pooling;
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
  if (kind !== 'both') return { tokens, selected: selectedPositions(length, prompt.pooling) };
  if (prompt.pooling.kind !== 'last') {
    throw new AppError('internal', 'Both branches in one sequence need a suffix each to be pooled.');
  }
  const nextFrom = shared + self.length;
  const lastOf = (end: number) => selectedPositions(end, prompt.pooling);
  const selected = Int32Array.from([...lastOf(nextFrom), ...lastOf(length)]);
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

/** `hidden` holds rows of `width` values; those given are pooled (llara.md: mean, then L2-normalise). */
export function poolBranch(hidden: Float32Array, width: number, rows: ArrayLike<number> = [0]): PooledBranch {
  const embedding = new Float32Array(width);
  for (let at = 0; at < rows.length; at++) {
    const first = rows[at]! * width;
    for (let i = 0; i < width; i++) embedding[i]! += hidden[first + i]! / rows.length;
  }
  let squares = 0;
  for (let i = 0; i < width; i++) squares += embedding[i]! ** 2;
  const length = Math.max(Math.sqrt(squares), 1e-12);
  for (let i = 0; i < width; i++) embedding[i]! /= length;
  return { embedding, length };
}

/** Adds to rows of `hiddenGradient` what `gradient`, taken at the embedding, is at each of the branch's: (g − (g·e) e) / (‖m‖ count). */
export function poolBranchBackward(
  hiddenGradient: Float32Array,
  pooled: PooledBranch,
  gradient: Float32Array,
  rows: ArrayLike<number>,
): void {
  const { embedding, length } = pooled;
  const width = embedding.length;
  let along = 0;
  for (let i = 0; i < width; i++) along += gradient[i]! * embedding[i]!;
  for (let i = 0; i < width; i++) {
    const value = (gradient[i]! - along * embedding[i]!) / (length * rows.length);
    for (let at = 0; at < rows.length; at++) hiddenGradient[rows[at]! * width + i]! += value;
  }
}

export type EmbeddedText = { self: PooledBranch | null; next: PooledBranch | null };
/** At the embeddings; null where there is none. */
export type EmbeddingGradients = { self: Float32Array | null; next: Float32Array | null };

/** Hidden states of a micro-batch's texts, and for each text the rows of its pooled positions. */
export type PooledStates = {
  items: readonly number[];
  kind: BranchKind;
  hidden: Float32Array;
  hiddenRows: readonly Int32Array[];
};

/** One entry for each of a step's `count` texts. */
export function embedTexts(count: number, batches: readonly PooledStates[], width: number): EmbeddedText[] {
  const embedded = Array.from({ length: count }, (): EmbeddedText => ({ self: null, next: null }));
  for (const { items, kind, hidden, hiddenRows } of batches) {
    items.forEach((item, sequence) => {
      for (const { branch, rows } of branchRows(kind, hiddenRows[sequence] as Int32Array)) {
        (embedded[item] as EmbeddedText)[branch] = poolBranch(hidden, width, rows);
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

/** Of the rows of a sequence's selected positions, those of each branch: SELF's come first. */
export function branchRows(
  kind: BranchKind,
  rows: Int32Array,
): { branch: 'self' | 'next'; rows: Int32Array }[] {
  if (kind !== 'both') return [{ branch: kind, rows }];
  const half = rows.length / 2;
  return [
    { branch: 'self', rows: rows.subarray(0, half) },
    { branch: 'next', rows: rows.subarray(half) },
  ];
}
