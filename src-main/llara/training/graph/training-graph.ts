/**
 * Forward and backward of one micro-batch in one allocation: `forward` computes the first part of the graph and reads what the
 * losses need, `backward` takes their gradients and computes the rest. Both run in slices short enough that a search in
 * between need not wait.
 */
import { AppError } from '../../../common/app-error.ts';
import { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import type { Graph } from '../../../native/ggml/graph.ts';
import type { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { TensorOps } from '../../../native/ggml/tensor-ops.ts';
import type { PackedBatch, TokenSequence } from '../../encode/batches/batch-packing.ts';
import type { Linear } from '../../graph/blocks.ts';
import type { TrainingModel } from '../state/training-model.ts';
import { BackwardOps, type BackwardSupport } from './backward-ops.ts';

export type TrainingGraphOptions = {
  /** Index of the lane whose gradients are added to; the executor is that lane's. */
  lane: number;
  /** Whether the output head is computed, for the set losses. */
  withLogits: boolean;
  support: BackwardSupport;
  /** Called before every slice: the place to let others go first. */
  beforeSlice?: () => Promise<void>;
};

const nodesPerLayer = 400;
/** A slice of this many multiplications takes a few dozen milliseconds on two CPU cores. */
const multiplicationsPerSlice = 2e9;

export class TrainingGraph {
  /** For each sequence, the rows of its selected positions among the hidden states. */
  readonly hiddenRows: readonly Int32Array[];
  readonly #executor: GraphExecutor;
  readonly #context: GgmlContext;
  readonly #options: TrainingGraphOptions;
  readonly #graph: Graph;
  readonly #forwardNodes: number;
  readonly #hidden: Tensor;
  readonly #logits: Tensor | null;
  readonly #hiddenGradient: Tensor;
  readonly #logitsGradient: Tensor | null;
  readonly #sliceNodes: number;
  readonly #maxNodes: number;

  /** Invalidates what the executor allocated before. */
  constructor(
    model: TrainingModel,
    executor: GraphExecutor,
    sequences: readonly TokenSequence[],
    options: TrainingGraphOptions,
  ) {
    const { network, parameters } = model;
    const { layerCount, vocabularySize } = network.shape;
    const batch = network.pack(sequences);
    this.hiddenRows = batch.hiddenRows;
    this.#maxNodes = nodesPerLayer * layerCount + 128;
    const context = GgmlContext.create(model.backend.runtime, {
      maxTensors: 3 * this.#maxNodes,
      maxNodes: 6 * this.#maxNodes,
    });
    const ops = new TensorOps(context);
    const pass = network.build(context, batch, parameters.lora);
    const graph = context.newGraph(this.#maxNodes);
    this.#hidden = pass.hidden.markOutput();
    this.#logits = options.withLogits
      ? ops.mulMat(requireHead(network.head), pass.hidden).markOutput()
      : null;
    graph.expand(this.#logits ?? this.#hidden);
    this.#forwardNodes = graph.nodeCount;

    const [width, columns] = pass.hidden.shape;
    this.#hiddenGradient = context.newTensor('f32', width, columns).named('hidden.gradient').markInput();
    this.#logitsGradient = this.#logits
      ? context.newTensor('f32', vocabularySize, columns).named('logits.gradient').markInput()
      : null;
    const backward = new BackwardOps(ops, options.support);
    const incoming = this.#logitsGradient
      ? ops.add(this.#hiddenGradient, ops.mulMat(model.headTransposed, this.#logitsGradient))
      : this.#hiddenGradient;
    const trainable = (linear: Linear) => model.trainable(linear, options.lane);
    pass.buildBackward(backward, trainable, incoming);
    for (const sink of backward.sinks) graph.expand(sink);

    this.#context = context;
    this.#executor = executor;
    this.#options = options;
    this.#graph = graph;
    this.#sliceNodes = Math.ceil(
      graph.nodeCount / Math.max(1, Math.ceil(multiplications(model, batch) / multiplicationsPerSlice)),
    );
    executor.allocate(graph);
    pass.write();
  }

  /** Last hidden states, rows of E of which `hiddenRows` are the selected positions', and their logits, rows of the vocabulary. */
  async forward(): Promise<{ hidden: Float32Array; logits: Float32Array | null }> {
    await this.#compute(0, this.#forwardNodes);
    return { hidden: this.#hidden.readFloats(), logits: this.#logits?.readFloats() ?? null };
  }

  /** Adds to the gradients of all LoRA pairs. Arrays have the layout of what `forward` returned. */
  async backward(hiddenGradient: Float32Array, logitsGradient: Float32Array | null): Promise<void> {
    this.#hiddenGradient.write(hiddenGradient);
    if (this.#logitsGradient && logitsGradient) this.#logitsGradient.write(logitsGradient);
    await this.#compute(this.#forwardNodes, this.#graph.nodeCount);
  }

  /** First operation that the device lacks, null when it has them all. */
  get unsupportedNode(): string | null {
    return this.#executor.backend.firstUnsupportedNode(this.#graph);
  }

  dispose(): void {
    this.#context.dispose();
  }

  async #compute(from: number, to: number): Promise<void> {
    for (let start = from; start < to; start += this.#sliceNodes) {
      const slice = this.#context.newGraph(this.#sliceNodes);
      for (let index = start; index < Math.min(to, start + this.#sliceNodes); index++) {
        slice.addNode(this.#graph.node(index));
      }
      await this.#options.beforeSlice?.();
      await this.#executor.compute(slice);
    }
  }
}

/** Forward and backward together, roughly: three products per weight and token; the last layer's are mostly for selected ones. */
function multiplications({ network }: TrainingModel, { tokens, selection }: PackedBatch): number {
  const { layerCount, width, feedForward, feedForwardMatrices } = network.shape;
  const layer = 4 * width * width + feedForwardMatrices * width * feedForward;
  const count = tokens.length;
  const last = 2 * width * width * count + layer * (selection?.rows.length ?? count);
  return 3 * (count * (layerCount - 1) * layer + last);
}

function requireHead(head: Tensor | null): Tensor {
  if (head === null)
    throw new AppError('internal', 'Set losses were asked for, but the model was loaded without its head.');
  return head;
}
