/** What the graph needs of a model of BERT architecture: its weights by their part in the formula. Types alone. */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { LayerNorm, Linear } from '../blocks.ts';
import type { BertConfig } from './bert-config.ts';

export type BertLayer = {
  q: Linear;
  k: Linear;
  v: Linear;
  o: Linear;
  attentionNorm: LayerNorm;
  up: Linear;
  down: Linear;
  outputNorm: LayerNorm;
};

/** score = outer tanh(inner x): what a reranker makes of the first token's state. */
export type RankingHead = { inner: Linear | null; outer: Linear };

/** Copies of the weights in another type are given to the graph in this form too. */
export type BertModel = {
  readonly config: BertConfig;
  /** [E, vocabulary] */
  readonly tokenEmbedding: Tensor;
  /** [E, positions] */
  readonly positionEmbedding: Tensor;
  /** [E, types], f32; null where the model knows no types. */
  readonly typeEmbedding: Tensor | null;
  readonly embeddingNorm: LayerNorm;
  readonly layers: readonly BertLayer[];
  /** Of rerankers alone. */
  readonly head?: RankingHead | null;
};
