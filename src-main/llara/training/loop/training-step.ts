/**
 * One optimisation step's gradients: all texts of a batch forward in micro-batches, the losses over their embeddings together
 * (so that every passage is every other query's negative), then the micro-batches backward. Gradients end up in the model's pairs.
 */
import { AppError } from '../../../common/app-error.ts';
import type { Backend } from '../../../native/ggml/backend.ts';
import { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { TokenSequence } from '../../encode/batches/batch-packing.ts';
import type { TokenisedExample } from '../data/example-tokeniser.ts';
import { splitItems, type TrainingItem } from '../data/micro-batches.ts';
import { type BackwardSupport, fullSupport } from '../graph/backward-ops.ts';
import {
  type BranchKind,
  type BranchPrompt,
  branchRows,
  buildBranchSequence,
  type EmbeddedText,
  type EmbeddingGradients,
  embedTexts,
  type PooledBranch,
  type PooledStates,
  poolBranchBackward,
  zeroGradients,
} from '../graph/branches.ts';
import { anchoredBranch, frozenEmbeddings } from '../graph/frozen-embeddings.ts';
import { TrainingGraph, type TrainingGraphOptions } from '../graph/training-graph.ts';
import { anchorLoss } from '../losses/anchor-loss.ts';
import type { BankLoss } from '../losses/bank-loss.ts';
import { contrastQueries } from '../losses/contrast-queries.ts';
import { setLoss } from '../losses/set-loss.ts';
import type { TrainingModel } from '../state/training-model.ts';
import type { Objective } from './training-settings.ts';

export type StepResult = { loss: number; losses: Record<string, number>; tokenCount: number };

export type TrainingStepOptions = {
  prompt: BranchPrompt;
  objective: Objective;
  /** Upper bound of columns of one micro-batch, padding included. */
  microBatchTokens: number;
  /** Where given, queries alone are trained, against a bank's passages. */
  bankLoss?: BankLoss;
  /** Everything where absent, as CPUs have it. */
  support?: BackwardSupport;
  beforeSlice?: () => Promise<void>;
};

type MicroBatch = PooledStates & {
  withLogits: boolean;
  graph: TrainingGraph;
  logits: Float32Array | null;
};

export class TrainingStep {
  readonly #model: TrainingModel;
  readonly #options: TrainingStepOptions;
  /** One per micro-batch of a step: each keeps its activations from forward to backward. */
  readonly #executors: GraphExecutor[] = [];
  /** Runs the frozen encoder for the anchor. It lives as long as the step: devices are spared an allocation a step. */
  #anchorExecutor: GraphExecutor | null = null;
  #peakBytes = 0;

  constructor(model: TrainingModel, options: TrainingStepOptions) {
    const { ebae, ebar } = options.objective;
    if (options.bankLoss && ebae + ebar > 0) {
      throw new AppError(
        'internal',
        'EBAE and EBAR are losses on passages, which are not trained against a bank.',
      );
    }
    this.#model = model;
    this.#options = options;
  }

  /** Adds the batch's gradients to the model's pairs. */
  async run(examples: readonly TokenisedExample[]): Promise<StepResult> {
    const { objective } = this.#options;
    const items = this.#items(examples);
    const batches: MicroBatch[] = [];
    try {
      const plan = splitItems(items, this.#options, this.#model.lanes.length);
      await this.#inLanes(plan.length, async (slot, lane) => {
        batches[slot] = await this.#forward(items, plan[slot] as number[], slot, lane);
      });
      this.#peakBytes = Math.max(
        this.#peakBytes,
        this.#executors.reduce((sum, executor) => sum + executor.reservedBytes, 0),
      );
      const embedded = embedTexts(items.length, batches, this.#model.network.shape.width);
      const gradients = zeroGradients(embedded);
      const losses: Record<string, number> = {};
      const contrasted = { examples, embedded, gradients };
      if (objective.contrastive > 0)
        losses.contrastive = await contrastQueries(contrasted, objective, this.#options.bankLoss);
      if (objective.anchor > 0) losses.anchor = await this.#anchor(items, embedded, gradients);
      if (objective.ebae > 0) losses.ebae = 0;
      if (objective.ebar > 0) losses.ebar = 0;
      await this.#inLanes(batches.length, (slot) =>
        this.#backward(items, batches[slot] as MicroBatch, embedded, gradients, losses, examples.length),
      );
      const weights: Record<string, number> = objective;
      const loss = Object.entries(losses).reduce(
        (sum, [name, value]) => sum + (weights[name] ?? 0) * value,
        0,
      );
      return { loss, losses, tokenCount: this.#countTokens(items) };
    } finally {
      for (const batch of batches) batch?.graph.dispose();
    }
  }

  /** Most bytes of activations held at once so far. */
  get peakActivationBytes(): number {
    return this.#peakBytes;
  }

  dispose(): void {
    for (const executor of this.#executors) executor.dispose();
    this.#anchorExecutor?.dispose();
  }

  /** Micro-batch i belongs to lane i modulo their number, so that sums have the same order in every run. */
  async #inLanes(count: number, work: (slot: number, lane: number) => Promise<void>): Promise<void> {
    const { lanes } = this.#model;
    const results = await Promise.allSettled(
      lanes.map(async (_, lane) => {
        for (let slot = lane; slot < count; slot += lanes.length) await work(slot, lane);
      }),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Queries first, then positives, then negatives: index i, n + i, and so on; positives alone where nothing is contrasted. */
  #items(examples: readonly TokenisedExample[]): TrainingItem[] {
    const none = new Int32Array(0);
    const plain = (tokens: Int32Array, kind: BranchKind) => ({
      tokens,
      kind,
      selfTargets: none,
      nextTargets: none,
    });
    const queries = examples.map(({ query }) => plain(query, 'next'));
    if (this.#options.bankLoss) return queries;
    const { contrastive, ebar } = this.#options.objective;
    const passageKind: BranchKind = ebar > 0 ? 'both' : 'self';
    const passages = examples.map(({ positive, selfTargets, nextTargets }) => ({
      tokens: positive,
      kind: passageKind,
      selfTargets,
      nextTargets,
    }));
    if (contrastive === 0) return passages;
    return [
      ...queries,
      ...passages,
      ...examples.flatMap(({ negative }) => (negative ? [plain(negative, 'self')] : [])),
    ];
  }

  async #forward(
    items: readonly TrainingItem[],
    indices: number[],
    slot: number,
    lane: number,
  ): Promise<MicroBatch> {
    const { kind, selfTargets } = items[indices[0] as number] as TrainingItem;
    const { ebae, ebar } = this.#options.objective;
    const withLogits = selfTargets.length > 0 && (ebae > 0 || ebar > 0);
    this.#executors[slot] ??= GraphExecutor.create(this.#model.lanes[lane] as Backend);
    const options: TrainingGraphOptions = {
      lane,
      withLogits,
      support: this.#options.support ?? fullSupport,
      beforeSlice: this.#options.beforeSlice,
    };
    const sequences = indices.map((index) => this.#sequence(items[index] as TrainingItem));
    const graph = new TrainingGraph(this.#model, this.#executors[slot], sequences, options);
    const { hiddenRows } = graph;
    try {
      return { items: indices, kind, withLogits, graph, hiddenRows, ...(await graph.forward()) };
    } catch (error) {
      graph.dispose();
      throw error;
    }
  }

  #sequence(item: TrainingItem): TokenSequence {
    return buildBranchSequence(item.tokens, this.#options.prompt, item.kind);
  }

  async #anchor(
    items: readonly TrainingItem[],
    embedded: readonly EmbeddedText[],
    gradients: readonly EmbeddingGradients[],
  ): Promise<number> {
    this.#anchorExecutor ??= GraphExecutor.create(this.#model.backend);
    const references = await frozenEmbeddings(this.#anchorExecutor, this.#model, items, this.#options);
    const branches = items.map(anchoredBranch);
    return anchorLoss(
      branches.map((branch, index) => (embedded[index]![branch] as PooledBranch).embedding),
      references,
      branches.map((branch, index) => gradients[index]![branch] as Float32Array),
      this.#options.objective.anchor,
    );
  }

  async #backward(
    items: readonly TrainingItem[],
    batch: MicroBatch,
    embedded: readonly EmbeddedText[],
    gradients: readonly EmbeddingGradients[],
    losses: Record<string, number>,
    exampleCount: number,
  ): Promise<void> {
    const { vocabularySize: vocabulary } = this.#model.network.shape;
    const { objective } = this.#options;
    const hiddenGradient = new Float32Array(batch.hidden.length);
    const logitsGradient = batch.logits ? new Float32Array(batch.logits.length) : null;
    batch.items.forEach((index, sequence) => {
      const item = items[index] as TrainingItem;
      for (const { branch, rows } of branchRows(batch.kind, batch.hiddenRows[sequence] as Int32Array)) {
        const pooled = embedded[index]?.[branch];
        const gradient = gradients[index]?.[branch];
        if (pooled && gradient) poolBranchBackward(hiddenGradient, pooled, gradient, rows);
        const name = branch === 'self' ? 'ebae' : 'ebar';
        if (!batch.logits || !logitsGradient || objective[name] === 0) continue;
        // A branch's positions are neighbours.
        const from = rows[0]! * vocabulary;
        const to = from + rows.length * vocabulary;
        const loss = setLoss(
          batch.logits.subarray(from, to),
          logitsGradient.subarray(from, to),
          { count: rows.length, vocabulary },
          branch === 'self' ? item.selfTargets : item.nextTargets,
          objective[name] / exampleCount,
        );
        losses[name] = (losses[name] ?? 0) + loss / exampleCount;
      }
    });
    await batch.graph.backward(hiddenGradient, logitsGradient);
  }

  #countTokens(items: readonly TrainingItem[]): number {
    return items.reduce((sum, item) => sum + this.#sequence(item).tokens.length, 0);
  }
}
