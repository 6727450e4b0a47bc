/**
 * What training needs of a model, whatever its architecture: its sizes, the linear maps that get LoRA pairs, its forward and backward as a
 * graph, and its vectors. Each architecture implements it in a file of its own.
 */
import type { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { PackedBatch, TokenSequence } from '../../encode/batches/batch-packing.ts';
import type { Linear, LoraPairs } from '../../graph/blocks.ts';
import type { BackwardOps, Trainable } from '../graph/backward-ops.ts';
import type { NetworkShape } from '../network-shape.ts';

export type TrainedNetwork = {
  readonly shape: NetworkShape;
  readonly linears: readonly Linear[];
  /** Further linear maps that a gradient goes through, without pairs. */
  readonly frozen: readonly Linear[];
  /** [E, vocabulary]; null where the model has none, or it was not asked for. */
  readonly head: Tensor | null;
  /** The same network computing with copies of its matrices. */
  withWeights(copyOf: (weight: Tensor) => Tensor): TrainedNetwork;
  /** As `build` wants them. Throws `bad-request` for texts that the model cannot take. */
  pack(sequences: readonly TokenSequence[]): PackedBatch;
  build(context: GgmlContext, batch: PackedBatch, lora: LoraPairs): TrainingPass;
  /** The encoder's own pass: pooled vectors before normalisation. */
  embed(
    executor: GraphExecutor,
    sequences: readonly TokenSequence[],
    lora?: LoraPairs,
  ): Promise<Float32Array[]>;
};

/** One batch's graph, not allocated yet. */
export type TrainingPass = {
  /** [E, n]: the last hidden state of the columns that `hiddenRows` of the batch points into. */
  hidden: Tensor;
  /** Adds the backward of `hidden`; gradients end up in the pairs once `backward.sinks` are computed. */
  buildBackward(backward: BackwardOps, trainable: Trainable, dHidden: Tensor): void;
  /** Writes the batch's numbers into allocated inputs. */
  write(): void;
};

/** ggml's fast products on CPUs ask for extents of attention that are multiples of it. */
export const attentionMultiple = 16;
