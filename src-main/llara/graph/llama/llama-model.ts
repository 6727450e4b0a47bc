/** What the graph needs of a model of llama, Qwen2 or Qwen3 architecture: its weights by their part in the formula. Types alone. */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { HeadNorms } from '../attention.ts';
import type { Linear } from '../blocks.ts';
import type { LlamaConfig } from './llama-config.ts';

export type LlamaLayer = {
  attentionNorm: Tensor;
  q: Linear;
  k: Linear;
  v: Linear;
  o: Linear;
  /** Null but in Qwen3. */
  headNorms: HeadNorms | null;
  feedForwardNorm: Tensor;
  gate: Linear;
  up: Linear;
  /** Whether `up` is its bias whatever the input: its weight is all zero, and without an adapter no product is computed. */
  isUpConstant: boolean;
  down: Linear;
};

/** Copies of the weights in another type are given to the graph in this form too. */
export type LlamaModel = {
  readonly config: LlamaConfig;
  /** [E, vocabulary] */
  readonly tokenEmbedding: Tensor;
  readonly layers: readonly LlamaLayer[];
  /** [E] */
  readonly outputNorm: Tensor;
  /** [E, vocabulary]: the file's own head, else the token embedding (tied); null where it was not asked for. */
  readonly head: Tensor | null;
  /** [d/2] frequency divisors (llama 3), or null. */
  readonly ropeFactors: Tensor | null;
};
