/** What turns packed token sequences into pooled vectors; one implementation per way of computing. */
import type { TokenSequence } from './batches/batch-packing.ts';

export type EmbedOptions = {
  /** Without the adapter, if there is one. */
  bare?: boolean;
  signal?: AbortSignal;
};

export type EngineLane = {
  /** Pooled vectors, not yet normalised, in the order given. Throws `signal.reason` soon after an abort. */
  embed(sequences: readonly TokenSequence[], options?: EmbedOptions): Promise<Float32Array[]>;
};

export type VectorEngine = {
  readonly dimension: number;
  readonly vocabularySize: number;
  readonly deviceName: string;
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
