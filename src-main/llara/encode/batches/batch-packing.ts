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
  /** The first token of the second of two texts, for models that tell them apart; absent for one text. */
  secondFrom?: number;
  /** Positions whose hidden state is wanted, ascending. */
  selected: Int32Array;
  /** Weight of each selected position in the pooled vector; equal weights that sum to 1 where absent. */
  weights?: Float32Array;
  /**
   * Parts of the text that get pooled vectors of their own beside the whole one (late chunking, arXiv 2409.04701): the mean of the selected positions
   * inside a part; where none lies inside, since tokens behind the text gather it, those see the part alone in the last layer.
   */
  windows?: readonly TokenSpan[];
};

/** Token positions [start, end). */
export type TokenSpan = { start: number; end: number };

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
  /** [T·B], 1 for the tokens of a second text; null where there is none. */
  types: Int32Array | null;
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
  /** G: vectors of each sequence, its own and those of its windows; the same for all, those that are left over are zero. */
  vectorsPerSequence: number;
  /** [P, G, B]; 0 for padding. */
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
  const gatherings = sequences.map(gatheringOf);
  const selected = Math.max(...gatherings.map(({ positions }) => positions.length));
  const spread = spreadOf(width, count, attentionMultiple);
  const keys = spread?.length ?? width;
  const isGathered = gatherings.some(({ seen }) => seen.length > 0);
  const hidesNothing =
    bidirectional && !isGathered && sequences.every(({ tokens }) => tokens.length === keys);
  const isOneMask = !bidirectional && sequences.every(({ branches }) => branches === undefined);
  const maskCount = isOneMask ? 1 : count;
  const newMask = (queries: number, masks: number) =>
    hidesNothing ? null : new Float32Array(keys * queries * masks);
  const isWindowed =
    window !== null && longest > 1 + Math.min(window.before, bidirectional ? window.after : Infinity);
  const newWindowMask = (queries: number, masks: number) =>
    isWindowed ? new Float32Array(keys * queries * masks) : null;
  // Choosing columns is worth an operation only where many are left out, as they are where a few at the end are pooled.
  const chooses = isGathered || (bidirectional ? 2 * selected <= width : selected < longest);
  const selectedSpread = spreadOf(selected, count, attentionMultiple);
  const pooled = chooses ? selected : width;
  const vectors = 1 + Math.max(...sequences.map(({ windows }) => windows?.length ?? 0));
  const batch: PackedBatch = {
    sequenceCount: count,
    tokensPerSequence: width,
    positionsPerSequence: pooled,
    tokens: new Int32Array(width * count),
    positions: new Int32Array(width * count),
    types: sequences.some(({ secondFrom }) => secondFrom !== undefined)
      ? new Int32Array(width * count)
      : null,
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
    vectorsPerSequence: vectors,
    poolWeights: new Float32Array(pooled * vectors * count),
  };
  for (const [index, sequence] of sequences.entries()) {
    const gathering = gatherings[index] as Gathering;
    place(batch, sequence, gathering, index, bidirectional, window);
    weigh(batch, sequence, gathering, index);
  }
  return batch;
}

/** The columns of the last layer that make a sequence's vectors. */
type Gathering = {
  /** Of the selected positions, and once more for each window that they look at alone. */
  positions: Int32Array;
  /** What the columns behind those selected see, one span for each. */
  seen: readonly TokenSpan[];
  /** For each window, which of `positions` are pooled. */
  windowSlots: readonly (readonly number[])[];
};

function gatheringOf({ selected, windows = [] }: TokenSequence): Gathering {
  const slots = [...selected.keys()];
  const seen: TokenSpan[] = [];
  const windowSlots = windows.map((span) => {
    const inside = slots.filter((slot) => selected[slot]! >= span.start && selected[slot]! < span.end);
    if (inside.length > 0) return inside;
    const first = selected.length + seen.length;
    for (const _ of slots) seen.push(span);
    return slots.map((slot) => first + slot);
  });
  const positions = Int32Array.from(
    { length: selected.length + seen.length },
    (_, slot) => selected[slot % selected.length] as number,
  );
  return { positions, seen, windowSlots };
}

/** The pooling weights of one sequence: those of its own vector, then those of each window. */
function weigh(
  { vectorsPerSequence, positionsPerSequence, selection, poolWeights }: PackedBatch,
  { selected, weights }: TokenSequence,
  { positions, windowSlots }: Gathering,
  index: number,
): void {
  const own = index * vectorsPerSequence * positionsPerSequence;
  const columnOf = (slot: number) => (selection ? slot : (positions[slot] as number));
  for (const slot of selected.keys()) {
    poolWeights[own + columnOf(slot)] = weights?.[slot] ?? 1 / selected.length;
  }
  for (const [window, slots] of windowSlots.entries()) {
    const row = own + (1 + window) * positionsPerSequence;
    for (const slot of slots) poolWeights[row + columnOf(slot)] = 1 / slots.length;
  }
}

function place(
  batch: PackedBatch,
  sequence: TokenSequence,
  { positions: gathered, seen }: Gathering,
  index: number,
  bidirectional: boolean,
  window: PackWindow | null,
): void {
  const { tokensPerSequence: width, selection } = batch;
  const { tokens, selected } = sequence;
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
  batch.types?.fill(1, base + (sequence.secondFrom ?? tokens.length), base + tokens.length);
  if (batch.maskCount > 1 || index === 0) {
    for (let query = 0; query < keys; query += 1) {
      const row = index * keys + query;
      if (batch.mask) hide(batch.mask, row, Math.min(query, width - 1));
      if (batch.windowMask) hideFar(batch.windowMask, row, Math.min(query, width - 1));
    }
  }
  if (selection === null) return;
  // A sequence with fewer columns than others repeats its last, with no weight.
  const lastSlot = gathered.length - 1;
  const chosen = (slot: number) => gathered[Math.min(slot, lastSlot)] as number;
  const count = batch.positionsPerSequence;
  const slots = selection.spread?.length ?? count;
  for (let slot = 0; slot < slots; slot += 1) {
    const row = index * slots + slot;
    const span = seen[Math.min(slot, lastSlot) - selected.length];
    if (selection.mask) hide(selection.mask, row, chosen(slot));
    if (selection.windowMask) hideFar(selection.windowMask, row, chosen(slot));
    for (const mask of span ? [selection.mask, selection.windowMask] : []) {
      if (mask && span) hideOutside(mask.subarray(row * keys, (row + 1) * keys), span);
    }
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

function hideOutside(row: Float32Array, { start, end }: TokenSpan): void {
  row.fill(-Infinity, 0, start);
  row.fill(-Infinity, end);
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
