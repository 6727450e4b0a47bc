/**
 * What a forward graph is fed through, whatever its architecture: tokens, positions, masks, and which columns are wanted. Types alone.
 * Shapes as in blocks.ts; P positions per sequence that the last layer computes.
 */
import type { Tensor } from '../../native/ggml/tensor.ts';
import type { AttentionKind, LoraPairs } from './blocks.ts';

/** Tensors that a batch is fed through; `packBatch` makes the numbers. */
export type GraphInputs = {
  tokensPerSequence: number;
  sequenceCount: number;
  /** i32 [N] */
  tokens: Tensor;
  /** i32 [N] */
  positions: Tensor;
  /** i32 [N], which of two texts each token belongs to; null where each sequence is one text. */
  types: Tensor | null;
  /**
   * Additive, 0 or -inf: [T keys, T queries, 1, B or 1], or the spread's length for both; f16 for flash attention, else f32. Null where
   * every token sees all of its sequence.
   */
  mask: Tensor | null;
  /** As `mask`, for layers that see a window of neighbours alone; the very same tensor where no text is longer than the window. */
  windowMask: Tensor | null;
  /** Null where attention takes columns as they are. */
  spread: SpreadInputs | null;
  /** Restricts the last layer to P positions per sequence; null computes all. */
  selection: Selection | null;
};

export type Selection = {
  positionsPerSequence: number;
  /** i32 [P·B], indices into the N columns. */
  rows: Tensor;
  /** i32 [P·B] */
  positions: Tensor;
  /** [T keys, P queries, 1, B or 1], or the spreads' lengths */
  mask: Tensor | null;
  windowMask: Tensor | null;
  spread: SpreadInputs | null;
};

/** See `Spread` in batch-packing.ts. */
export type SpreadInputs = { length: number; columns: Tensor; places: Tensor };

export type BuildOptions = { lora?: LoraPairs; attention?: AttentionKind };
