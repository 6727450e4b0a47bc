/** What turns packed token sequences into pooled vectors; one implementation per way of computing. */
import type { TokenSequence } from './batches/batch-packing.ts';

export type EmbedOptions = {
  /** Without the adapter, if there is one. */
  bare?: boolean;
  signal?: AbortSignal;
};

export type EngineLane = {
  /**
   * Of each sequence its pooled vector, then those of its windows, not yet normalised. Throws `signal.reason` soon after an abort. An engine that
   * does not compute windows leaves them out.
   */
  embed(sequences: readonly TokenSequence[], options?: EmbedOptions): Promise<Float32Array[][]>;
};

export type VectorEngine = {
  readonly dimension: number;
  readonly vocabularySize: number;
  readonly deviceName: string;
  /** Whether sequences' windows get vectors. */
  readonly computesWindows: boolean;
  /** Lanes compute independently of each other. */
  readonly lanes: readonly EngineLane[];
  /** One more lane that only interactive work may use, null where there is none. */
  readonly interactiveLane: EngineLane | null;
  /** Upper bound of sequences in one batch. */
  readonly maxSequences: number;
  /** Upper bound of tokens in one batch, padding counted. */
  readonly maxBatchTokens: number;
  /** Call only when no lane computes. */
  dispose(): Promise<void>;
};
