/** A model of llama, Qwen2 or Qwen3 architecture as training computes it: causal, so that as a rule a text's last positions are pooled. */
import type { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { TensorOps } from '../../../native/ggml/tensor-ops.ts';
import { type PackedBatch, packBatch, type TokenSequence } from '../../encode/batches/batch-packing.ts';
import { declareInputs, writeInputs } from '../../encode/batches/graph-batch.ts';
import { computePooled } from '../../encode/batches/llama-batch.ts';
import { type Linear, type LoraPairs, linearsIn, withWeights } from '../../graph/blocks.ts';
import { buildLlama } from '../../graph/llama/llama-graph.ts';
import type { LlamaModel } from '../../graph/llama/llama-model.ts';
import { buildLlamaBackward } from '../graph/llama-backward.ts';
import { declareOpposite, writeOpposite } from '../graph/opposite-positions.ts';
import { type NetworkShape, shapeOfLlama } from '../network-shape.ts';
import { attentionMultiple, type TrainedNetwork, type TrainingPass } from './trained-network.ts';

export class LlamaNetwork implements TrainedNetwork {
  readonly weights: LlamaModel;
  readonly shape: NetworkShape;
  /** q k v o gate up down of each layer, without an up that is constant. */
  readonly linears: readonly Linear[];
  readonly frozen = [];

  constructor(weights: LlamaModel) {
    this.weights = weights;
    this.shape = shapeOfLlama(weights.config);
    this.linears = weights.layers.flatMap((layer) =>
      linearsIn(layer).filter((linear) => !(layer.isUpConstant && linear === layer.up)),
    );
  }

  get head(): Tensor | null {
    return this.weights.head;
  }

  withWeights(copyOf: (weight: Tensor) => Tensor): LlamaNetwork {
    const { config, tokenEmbedding, outputNorm, ropeFactors, head } = this.weights;
    const layers = this.weights.layers.map((layer) => withWeights(layer, copyOf));
    const copiedHead = head && copyOf(head);
    return new LlamaNetwork({ config, tokenEmbedding, outputNorm, ropeFactors, layers, head: copiedHead });
  }

  pack(sequences: readonly TokenSequence[]): PackedBatch {
    return packBatch(sequences, { attentionMultiple });
  }

  build(context: GgmlContext, batch: PackedBatch, lora: LoraPairs): TrainingPass {
    const { weights } = this;
    const inputs = declareInputs(context, batch, 'softmax', true);
    const opposite = declareOpposite(context, inputs);
    const built = buildLlama(new TensorOps(context), weights, inputs, { lora, attention: 'softmax' });
    return {
      hidden: built.hidden,
      buildBackward: (backward, trainable, dHidden) =>
        buildLlamaBackward(backward, { weights, trainable }, inputs, opposite, built, dHidden),
      write: () => {
        writeInputs(context, inputs, batch);
        writeOpposite(opposite, batch);
      },
    };
  }

  embed(
    executor: GraphExecutor,
    sequences: readonly TokenSequence[],
    lora?: LoraPairs,
  ): Promise<Float32Array[]> {
    return computePooled(executor, this.weights, packBatch(sequences), { lora });
  }
}
