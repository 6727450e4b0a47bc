/**
 * Lays ragged token sequences out as one padded batch for our own graphs: tokens, positions, additive masks, selected columns
 * and pooling weights as plain typed arrays. It knows nothing of texts, prompts or devices.
 */

export type TokenSequence = {
  tokens: Int32Array;
  /** Position of each token; counts up from 0 where absent. */
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
  /** P; T without a selection. */
  positionsPerSequence: number;
  /** [T·B]; padding repeats token 0 and is seen by nobody. */
  tokens: Int32Array;
  positions: Int32Array;
  /** 0 or -inf, [keys, queries, masks], both T or the spread's length: one mask for all sequences, or one each; null hides nothing. */
  mask: Float32Array | null;
  maskCount: number;
  /** The same for layers that see a window of neighbours alone; null where it would be `mask`. */
  windowMask: Float32Array | null;
  /** Null where attention takes the T columns of each sequence as they are. */
  spread: Spread | null;
  /** Null where all columns are computed to the end. */
  selection: PackedSelection | null;
  /** For each sequence, the rows of its selected positions among the hidden states: P (or T) a sequence. */
  hiddenRows: readonly Int32Array[];
  /** [P, B]; 0 for padding. */
  poolWeights: Float32Array;
};

export type PackedSelection = {
  rows: Int32Array;
  positions: Int32Array;
  mask: Float32Array | null;
  windowMask: Float32Array | null;
  spread: Spread | null;
};

/** How many positions before and after its own a token sees. */
export type PackWindow = { before: number; after: number };

export type PackOptions = {
  /** Tokens see those after them too; a mask then hides padding alone. */
  bidirectional?: boolean;
  /** What some layers see alone. */
  window?: PackWindow | null;
  /** Attention's extents are padded to multiples of it, which kernels of softmax attention may want. */
  attentionMultiple?: number;
  /** T·B is padded to a multiple of it: columns that are left over cost kernels of products more than columns of padding. */
  columnMultiple?: number;
};

export function packBatch(sequences: readonly TokenSequence[], options: PackOptions = {}): PackedBatch {
  const { bidirectional = false, window = null, attentionMultiple = 1, columnMultiple = 1 } = options;
  const count = sequences.length;
  const longest = Math.max(...sequences.map(({ tokens }) => tokens.length));
  let width = longest;
  while ((width * count) % columnMultiple !== 0) width += 1;
  const selected = Math.max(...sequences.map((sequence) => sequence.selected.length));
  const spread = spreadOf(width, count, attentionMultiple);
  const keys = spread?.length ?? width;
  const hidesNothing = bidirectional && sequences.every(({ tokens }) => tokens.length === keys);
  const isOneMask = !bidirectional && sequences.every(({ branches }) => branches === undefined);
  const maskCount = isOneMask ? 1 : count;
  const newMask = (queries: number, masks: number) =>
    hidesNothing ? null : new Float32Array(keys * queries * masks);
  const isWindowed =
    window !== null && longest > 1 + Math.min(window.before, bidirectional ? window.after : Infinity);
  const newWindowMask = (queries: number, masks: number) =>
    isWindowed ? new Float32Array(keys * queries * masks) : null;
  // Choosing columns is worth an operation only where many are left out, as they are where a few at the end are pooled.
  const chooses = bidirectional ? 2 * selected <= width : selected < longest;
  const selectedSpread = spreadOf(selected, count, attentionMultiple);
  const pooled = chooses ? selected : width;
  const batch: PackedBatch = {
    sequenceCount: count,
    tokensPerSequence: width,
    positionsPerSequence: pooled,
    tokens: new Int32Array(width * count),
    positions: new Int32Array(width * count),
    mask: newMask(keys, maskCount),
    maskCount,
    windowMask: newWindowMask(keys, maskCount),
    spread,
    selection: chooses
      ? {
          rows: new Int32Array(selected * count),
          positions: new Int32Array(selected * count),
          mask: newMask(selectedSpread?.length ?? selected, count),
          windowMask: newWindowMask(selectedSpread?.length ?? selected, count),
          spread: selectedSpread,
        }
      : null,
    hiddenRows: sequences.map((sequence, index) =>
      sequence.selected.map((at, slot) => index * pooled + (chooses ? slot : at)),
    ),
    poolWeights: new Float32Array(pooled * count),
  };
  for (const [index, sequence] of sequences.entries()) place(batch, sequence, index, bidirectional, window);
  return batch;
}

function place(
  batch: PackedBatch,
  sequence: TokenSequence,
  index: number,
  bidirectional: boolean,
  window: PackWindow | null,
): void {
  const { tokensPerSequence: width, selection } = batch;
  const { tokens, selected, weights } = sequence;
  const keys = batch.spread?.length ?? width;
  const base = index * width;
  const positionOf = (at: number) => sequence.positions?.[at] ?? at;
  const hide = (mask: Float32Array, row: number, query: number) =>
    bidirectional
      ? mask.fill(-Infinity, row * keys + tokens.length, (row + 1) * keys)
      : hideLater(mask, row * keys, keys, query, sequence.branches);
  const hideFar = (mask: Float32Array, row: number, query: number) => {
    hide(mask, row, query);
    if (window === null) return;
    // Padding looks where the last token does: with nothing to see its softmax would be no number, and neither would what it touches.
    const position = positionOf(bidirectional ? Math.min(query, tokens.length - 1) : query);
    for (let key = 0; key < keys; key += 1) {
      const distance = position - positionOf(key);
      if (distance > window.before || -distance > window.after) mask[row * keys + key] = -Infinity;
    }
  };
  batch.tokens.set(tokens, base);
  for (let at = 0; at < tokens.length; at += 1) batch.positions[base + at] = positionOf(at);
  if (batch.maskCount > 1 || index === 0) {
    for (let query = 0; query < keys; query += 1) {
      const row = index * keys + query;
      if (batch.mask) hide(batch.mask, row, Math.min(query, width - 1));
      if (batch.windowMask) hideFar(batch.windowMask, row, Math.min(query, width - 1));
    }
  }
  batch.hiddenRows[index]?.forEach((row, slot) => {
    batch.poolWeights[row] = weights?.[slot] ?? 1 / selected.length;
  });
  if (selection === null) return;
  // A sequence with fewer selected positions than others repeats its last, with no weight.
  const chosen = (slot: number) => selected[slot] ?? selected.at(-1)!;
  const count = batch.positionsPerSequence;
  const slots = selection.spread?.length ?? count;
  for (let slot = 0; slot < slots; slot += 1) {
    if (selection.mask) hide(selection.mask, index * slots + slot, chosen(slot));
    if (selection.windowMask) hideFar(selection.windowMask, index * slots + slot, chosen(slot));
  }
  for (let slot = 0; slot < count; slot += 1) {
    selection.rows[index * count + slot] = base + chosen(slot);
    selection.positions[index * count + slot] = positionOf(chosen(slot));
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

/** Padding lies behind every real token, so no real query sees it. */
function hideLater(
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
