/**
 * Lays ragged token sequences out as one padded batch for the BERT graph, as plain typed arrays. Attention goes in both directions,
 * so that padding has to be hidden from every sequence by a mask of its own.
 */
import type { TokenSequence } from './batch-packing.ts';

export type BertBatch = {
  sequenceCount: number;
  /** T */
  tokensPerSequence: number;
  /** [T·B]; padding repeats token 0 and is seen by nobody. */
  tokens: Int32Array;
  positions: Int32Array;
  /** 0 or -inf in f16, [T keys, T queries, B]; null where nothing is padded. */
  mask: Uint16Array | null;
  /** [P·B], the columns that are pooled; null for all, P = T. */
  rows: Int32Array | null;
  /** [P, B] */
  poolWeights: Float32Array;
};

const minusInfinity = 0xfc00;

/**
 * The processor's kernels take four columns at a time, with rearranged weights sixteen; the columns that are left over cost several
 * times as much, more than columns of padding.
 */
const columnMultiple = 4;

export function packBertBatch(sequences: readonly TokenSequence[]): BertBatch {
  const count = sequences.length;
  let width = Math.max(...sequences.map(({ tokens }) => tokens.length));
  while ((width * count) % columnMultiple !== 0) width += 1;
  const selected = Math.max(...sequences.map((sequence) => sequence.selected.length));
  // Choosing columns is worth an operation only where most are left out.
  const pooled = 2 * selected > width ? width : selected;
  const isPadded = sequences.some(({ tokens }) => tokens.length < width);
  const batch: BertBatch = {
    sequenceCount: count,
    tokensPerSequence: width,
    tokens: new Int32Array(width * count),
    positions: new Int32Array(width * count),
    mask: isPadded ? new Uint16Array(width * width * count) : null,
    rows: pooled < width ? new Int32Array(pooled * count) : null,
    poolWeights: new Float32Array(pooled * count),
  };
  for (const [index, sequence] of sequences.entries()) place(batch, sequence, index);
  return batch;
}

function place(batch: BertBatch, sequence: TokenSequence, index: number): void {
  const { tokensPerSequence: width, mask, rows, poolWeights } = batch;
  const { tokens, positions, selected, weights } = sequence;
  const base = index * width;
  batch.tokens.set(tokens, base);
  for (let at = 0; at < tokens.length; at += 1) batch.positions[base + at] = positions?.[at] ?? at;
  if (mask !== null) {
    for (let query = 0; query < width; query += 1) {
      const row = (base + query) * width;
      mask.fill(minusInfinity, row + tokens.length, row + width);
    }
  }
  const pooled = poolWeights.length / batch.sequenceCount;
  // A sequence with fewer chosen columns than others repeats its first, with no weight.
  rows?.fill(base + (selected[0] ?? 0), index * pooled, (index + 1) * pooled);
  for (const [slot, position] of selected.entries()) {
    if (rows !== null) rows[index * pooled + slot] = base + position;
    poolWeights[index * pooled + (rows === null ? position : slot)] = weights?.[slot] ?? 1 / selected.length;
  }
}
