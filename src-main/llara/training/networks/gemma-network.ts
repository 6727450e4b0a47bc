/**
 * A model of Gemma 3 architecture as training computes it. Dense layers behind the pooled vector are computed for every position before it is
 * pooled: they are linear, so the mean comes out the same.
 */
import type { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { TensorOps } from '../../../native/ggml/tensor-ops.ts';
import { type PackedBatch, packBatch, type TokenSequence } from '../../encode/batches/batch-packing.ts';
import { embedGemma } from '../../encode/batches/gemma-batch.ts';
import { declareInputs, writeInputs } from '../../encode/batches/graph-batch.ts';
import { buildLinear, type Linear, type LoraPairs, linearsIn, withWeights } from '../../graph/blocks.ts';
import { buildGemma } from '../../graph/gemma/gemma-graph.ts';
import type { GemmaModel } from '../../graph/gemma/gemma-model.ts';
import { buildGemmaBackward } from '../graph/gemma-backward.ts';
import { declareOpposite, writeOpposite } from '../graph/opposite-positions.ts';
import { type NetworkShape, shapeOfGemma } from '../network-shape.ts';
import { attentionMultiple, type TrainedNetwork, type TrainingPass } from './trained-network.ts';

export class GemmaNetwork implements TrainedNetwork {
  readonly weights: GemmaModel;
  readonly shape: NetworkShape;
  /** q k v o gate up down of each layer. */
  readonly linears: readonly Linear[];
  /** The dense layers, which llama.cpp computes without an adapter. */
  readonly frozen: readonly Linear[];
  readonly head = null;

  constructor(weights: GemmaModel) {
    this.weights = weights;
    this.shape = shapeOfGemma(weights.config);
    this.linears = weights.layers.flatMap(linearsIn);
    this.frozen = weights.dense.map((weight) => ({ name: weight.name, weight, bias: null }));
  }

  withWeights(copyOf: (weight: Tensor) => Tensor): GemmaNetwork {
    const { config, tokenEmbedding, outputNorm, dense } = this.weights;
    const layers = this.weights.layers.map((layer) => withWeights(layer, copyOf));
    return new GemmaNetwork({ config, tokenEmbedding, outputNorm, dense: dense.map(copyOf), layers });
  }

  pack(sequences: readonly TokenSequence[]): PackedBatch {
    const { isCausal, window } = this.weights.config;
    return packBatch(sequences, { bidirectional: !isCausal, window, attentionMultiple });
  }

  build(context: GgmlContext, batch: PackedBatch, lora: LoraPairs): TrainingPass {
    const { weights, frozen } = this;
    const ops = new TensorOps(context);
    const inputs = declareInputs(context, batch, 'softmax', true);
    const opposite = declareOpposite(context, inputs);
    const built = buildGemma(ops, weights, inputs, { lora, attention: 'softmax', gelu: 'composed' });
    let hidden = built.hidden;
    const dense = frozen.map((linear) => {
      const forward = buildLinear(ops, linear, hidden, undefined);
      hidden = forward.output;
      return { linear, forward };
    });
    return {
      hidden,
      buildBackward: (backward, trainable, dHidden) => {
        const atHidden = dense.reduceRight(
          (dy, { linear, forward }) => backward.linear(trainable(linear), forward, dy, true) as Tensor,
          dHidden,
        );
        buildGemmaBackward(backward, { weights, trainable }, inputs, opposite, built, atHidden);
      },
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
    return embedGemma(executor, this.weights, sequences, { lora });
  }
}
