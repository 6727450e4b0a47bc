/** A model of BERT architecture as training computes it: attention in both directions, and as a rule all positions are pooled. */
import type { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { TensorOps } from '../../../native/ggml/tensor-ops.ts';
import { type PackedBatch, packBatch, type TokenSequence } from '../../encode/batches/batch-packing.ts';
import { embedBert, requirePositions } from '../../encode/batches/bert-batch.ts';
import { declareInputs, writeInputs } from '../../encode/batches/graph-batch.ts';
import { buildBert } from '../../graph/bert/bert-graph.ts';
import type { BertModel } from '../../graph/bert/bert-model.ts';
import { type Linear, type LoraPairs, linearsIn, withWeights } from '../../graph/blocks.ts';
import { buildBertBackward } from '../graph/bert-backward.ts';
import { type NetworkShape, shapeOfBert } from '../network-shape.ts';
import { attentionMultiple, type TrainedNetwork, type TrainingPass } from './trained-network.ts';

export class BertNetwork implements TrainedNetwork {
  readonly weights: BertModel;
  readonly shape: NetworkShape;
  /** q k v o up down of each layer. */
  readonly linears: readonly Linear[];
  readonly frozen = [];
  readonly head = null;

  constructor(weights: BertModel) {
    this.weights = weights;
    this.shape = shapeOfBert(weights.config);
    this.linears = weights.layers.flatMap(linearsIn);
  }

  withWeights(copyOf: (weight: Tensor) => Tensor): BertNetwork {
    const { config, tokenEmbedding, positionEmbedding, typeEmbedding, embeddingNorm } = this.weights;
    const layers = this.weights.layers.map((layer) => withWeights(layer, copyOf));
    return new BertNetwork({
      config,
      tokenEmbedding,
      positionEmbedding,
      typeEmbedding,
      embeddingNorm,
      layers,
    });
  }

  pack(sequences: readonly TokenSequence[]): PackedBatch {
    requirePositions(this.weights, sequences);
    return packBatch(sequences, { bidirectional: true, attentionMultiple });
  }

  build(context: GgmlContext, batch: PackedBatch, lora: LoraPairs): TrainingPass {
    const { weights } = this;
    const inputs = declareInputs(context, batch, 'softmax', true);
    const built = buildBert(new TensorOps(context), weights, inputs, {
      lora,
      attention: 'softmax',
      gelu: 'composed',
    });
    return {
      hidden: built.hidden,
      buildBackward: (backward, trainable, dHidden) =>
        buildBertBackward(backward, { weights, trainable }, inputs, built, dHidden),
      write: () => writeInputs(context, inputs, batch),
    };
  }

  embed(
    executor: GraphExecutor,
    sequences: readonly TokenSequence[],
    lora?: LoraPairs,
  ): Promise<Float32Array[]> {
    return embedBert(executor, this.weights, sequences, { lora });
  }
}
