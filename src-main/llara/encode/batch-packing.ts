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

/** How columns are laid out for attention: each sequence's, then padding that repeats the last one, up to `length`. */
export type Spread = {
  length: number;
  /** [length·B]: which column stands there. */
  columns: Int32Array;
  /** Where each column went. */
  places: Int32Array;
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
  /** 0 or -inf, [keys, queries, masks], both T or the spread's length: one mask for all sequences, or one each. */
  mask: Float32Array;
  maskCount: number;
  /** Null where attention takes the T columns of each sequence as they are. */
  spread: Spread | null;
  selection: { rows: Int32Array; positions: Int32Array; mask: Float32Array; spread: Spread | null };
  /** [P, B]; 0 for padding. */
  poolWeights: Float32Array;
};

/** `attentionMultiple`: attention's extents are padded to multiples of it, which kernels of softmax attention may want. */
export function packBatch(sequences: readonly TokenSequence[], attentionMultiple = 1): PackedBatch {
  const count = sequences.length;
  const width = Math.max(...sequences.map(({ tokens }) => tokens.length));
  const selected = Math.max(...sequences.map((sequence) => sequence.selected.length));
  const maskCount = sequences.some(({ branches }) => branches !== undefined) ? count : 1;
  const spread = spreadOf(width, count, attentionMultiple);
  const selectedSpread = spreadOf(selected, count, attentionMultiple);
  const keys = spread?.length ?? width;
  const batch: PackedBatch = {
    sequenceCount: count,
    tokensPerSequence: width,
    positionsPerSequence: selected,
    tokens: new Int32Array(width * count),
    positions: new Int32Array(width * count),
    mask: new Float32Array(keys * keys * maskCount),
    maskCount,
    spread,
    selection: {
      rows: new Int32Array(selected * count),
      positions: new Int32Array(selected * count),
      mask: new Float32Array(keys * (selectedSpread?.length ?? selected) * count),
      spread: selectedSpread,
    },
    poolWeights: new Float32Array(selected * count),
  };
  for (const [index, sequence] of sequences.entries()) place(batch, sequence, index);
  return batch;
}

function place(batch: PackedBatch, sequence: TokenSequence, index: number): void {
  const { tokensPerSequence: width, positionsPerSequence: selected } = batch;
  const keys = batch.spread?.length ?? width;
  const base = index * width;
  batch.tokens.set(sequence.tokens, base);
  const positionOf = (at: number) => sequence.positions?.[at] ?? at;
  for (let at = 0; at < sequence.tokens.length; at += 1) batch.positions[base + at] = positionOf(at);
  if (batch.maskCount > 1 || index === 0) {
    for (let query = 0; query < keys; query += 1) {
      maskRow(batch.mask, (index * keys + query) * keys, keys, Math.min(query, width - 1), sequence.branches);
    }
  }
  const chosen = (slot: number) => sequence.selected[slot] ?? sequence.selected.at(-1)!;
  const slots = batch.selection.spread?.length ?? selected;
  for (let slot = 0; slot < slots; slot += 1) {
    maskRow(batch.selection.mask, (index * slots + slot) * keys, keys, chosen(slot), sequence.branches);
  }
  for (let slot = 0; slot < selected; slot += 1) {
    const at = chosen(slot);
    const column = index * selected + slot;
    batch.selection.rows[column] = base + at;
    batch.selection.positions[column] = positionOf(at);
    const isPadding = slot >= sequence.selected.length;
    batch.poolWeights[column] = isPadding ? 0 : (sequence.weights?.[slot] ?? 1 / sequence.selected.length);
  }
}

function spreadOf(width: number, count: number, multiple: number): Spread | null {
  const length = Math.ceil(width / multiple) * multiple;
  if (length === width) return null;
  return {
    length,
    columns: Int32Array.from(
      { length: length * count },
      (_, at) => Math.floor(at / length) * width + Math.min(at % length, width - 1),
    ),
    places: Int32Array.from(
      { length: width * count },
      (_, at) => Math.floor(at / width) * length + (at % width),
    ),
  };
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
