/**
 * Lays ragged token sequences out as one padded batch for the llama graph: tokens, positions, additive masks, selected columns
 * and pooling weights as plain typed arrays. It knows nothing of texts, prompts or devices.
 */

export type TokenSequence = {
  tokens: Int32Array;
  /** Rotary position of each token; counts up from 0 where absent. */
  positions?: Int32Array;
  /**
   * Branch of each token: 0 is the shared stem, which everyone sees; a token of another branch is seen by its own branch only
   * (LLaRA's SELF and NEXT suffixes behind one text). Absent means one stem.
   */
  branches?: Uint8Array;
  /** Positions whose hidden state is wanted, ascending. */
  selected: Int32Array;
  /** Weight of each selected position in the pooled vector; equal weights that sum to 1 where absent. */
  weights?: Float32Array;
};

export type PackedBatch = {
  sequenceCount: number;
  /** T */
  tokensPerSequence: number;
  /** P */
  positionsPerSequence: number;
  /** [T·B]; padding repeats token 0 and is seen by nobody. */
  tokens: Int32Array;
  positions: Int32Array;
  /** 0 or -inf, [keys T, queries T, masks]: one mask for all sequences, or one each. */
  mask: Float32Array;
  maskCount: number;
  selection: { rows: Int32Array; positions: Int32Array; mask: Float32Array };
  /** [P, B]; 0 for padding. */
  poolWeights: Float32Array;
};

export function packBatch(sequences: readonly TokenSequence[]): PackedBatch {
  const count = sequences.length;
  const width = Math.max(...sequences.map(({ tokens }) => tokens.length));
  const selected = Math.max(...sequences.map((sequence) => sequence.selected.length));
  const maskCount = sequences.some(({ branches }) => branches !== undefined) ? count : 1;
  const batch: PackedBatch = {
    sequenceCount: count,
    tokensPerSequence: width,
    positionsPerSequence: selected,
    tokens: new Int32Array(width * count),
    positions: new Int32Array(width * count),
    mask: new Float32Array(width * width * maskCount),
    maskCount,
    selection: {
      rows: new Int32Array(selected * count),
      positions: new Int32Array(selected * count),
      mask: new Float32Array(width * selected * count),
    },
    poolWeights: new Float32Array(selected * count),
  };
  for (const [index, sequence] of sequences.entries()) place(batch, sequence, index);
  return batch;
}

function place(batch: PackedBatch, sequence: TokenSequence, index: number): void {
  const { tokensPerSequence: width, positionsPerSequence: selected } = batch;
  const base = index * width;
  batch.tokens.set(sequence.tokens, base);
  const positionOf = (at: number) => sequence.positions?.[at] ?? at;
  for (let at = 0; at < sequence.tokens.length; at += 1) batch.positions[base + at] = positionOf(at);
  if (batch.maskCount > 1 || index === 0) {
    for (let query = 0; query < width; query += 1) {
      maskRow(batch.mask, (index * width + query) * width, width, query, sequence.branches);
    }
  }
  for (let slot = 0; slot < selected; slot += 1) {
    const at = sequence.selected[slot] ?? sequence.selected.at(-1)!;
    const column = index * selected + slot;
    batch.selection.rows[column] = base + at;
    batch.selection.positions[column] = positionOf(at);
    maskRow(batch.selection.mask, column * width, width, at, sequence.branches);
    const isPadding = slot >= sequence.selected.length;
    batch.poolWeights[column] = isPadding ? 0 : (sequence.weights?.[slot] ?? 1 / sequence.selected.length);
  }
}

/** Causal: padding lies behind every real token, so no real query sees it. */
function maskRow(
  mask: Float32Array,
  offset: number,
  width: number,
  query: number,
  branches: Uint8Array | undefined,
): void {
  mask.fill(-Infinity, offset + query + 1, offset + width);
  const own = branches?.[query];
  if (branches === undefined || own === undefined) return;
  for (let key = 0; key < query; key += 1) {
    if (branches[key] !== 0 && branches[key] !== own) mask[offset + key] = -Infinity;
  }
}
