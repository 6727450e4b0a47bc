/** What the graph needs of a model of Gemma 3 architecture: its weights by their part in the formula. Types alone. */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { HeadNorms } from '../attention.ts';
import type { Linear } from '../blocks.ts';
import type { GemmaConfig } from './gemma-config.ts';

export type GemmaLayer = {
  /** Whether it sees its window alone. */
  isLocal: boolean;
  attentionNorm: Tensor;
  q: Linear;
  k: Linear;
  v: Linear;
  o: Linear;
  headNorms: HeadNorms;
  /** Of what attention adds. */
  attentionPostNorm: Tensor;
  feedForwardNorm: Tensor;
  gate: Linear;
  up: Linear;
  down: Linear;
  /** Of what the feed-forward adds. */
  feedForwardPostNorm: Tensor;
};

/** Copies of the weights in another type are given to the graph in this form too. */
export type GemmaModel = {
  readonly config: GemmaConfig;
  /** [E, vocabulary] */
  readonly tokenEmbedding: Tensor;
  readonly layers: readonly GemmaLayer[];
  /** [E] */
  readonly outputNorm: Tensor;
  /** Applied to the pooled vector one after the other: [E, D], [D, E]; empty where the file has none. */
  readonly dense: readonly Tensor[];
};
