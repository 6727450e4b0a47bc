/**
 * One optimisation step's gradients: all texts of a batch forward in micro-batches, the losses over their embeddings together
 * (so that every passage is every other query's negative), then the micro-batches backward. Gradients end up in the model's pairs.
 */
import { AppError } from '../../common/app-error.ts';
import type { Backend } from '../../native/backend.ts';
import { GraphExecutor } from '../../native/graph-executor.ts';
import { packBatch, type TokenSequence } from '../batch-packing.ts';
import { computePooled } from '../llama-batch.ts';
import { anchorLoss } from './anchor-loss.ts';
import { type BackwardSupport, fullSupport } from './backward-ops.ts';
import { type PooledBranch, poolBranch, poolBranchBackward } from './branch-pooling.ts';
import { type BranchKind, type BranchPrompt, buildBranchSequence } from './branch-sequence.ts';
import { contrastiveLoss } from './contrastive-loss.ts';
import { splitItems, type TrainingItem } from './micro-batches.ts';
import type { BankLoss, BankTargets } from './passage-bank.ts';
import { setLoss } from './set-loss.ts';
import { TrainingGraph, type TrainingGraphOptions } from './training-graph.ts';
import type { TrainingModel } from './training-model.ts';

/** Token ids of one example's texts, none of them empty or too long for the prompt. */
export type TokenisedExample = {
  group: string;
  query: Int32Array;
  positive: Int32Array;
  negative: Int32Array | null;
  /** Ids that EBAE and EBAR must name; empty where there is nothing to name. */
  selfTargets: Int32Array;
  nextTargets: Int32Array;
  /** What the query should find in the bank, where training is against one. */
  targets?: BankTargets;
};

/** How much each loss counts. A weight of 0 costs no computation. */
export type Objective = {
  contrastive: number;
  temperature: number;
  ebae: number;
  ebar: number;
  anchor: number;
};

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

type Embedded = { self: PooledBranch | null; next: PooledBranch | null };
type MicroBatch = {
  items: number[];
  kind: BranchKind;
  withLogits: boolean;
  graph: TrainingGraph;
  hidden: Float32Array;
  logits: Float32Array | null;
};

/** ggml's fast products on CPUs ask for extents that are multiples of it. */
const attentionMultiple = 16;

export class TrainingStep {
  readonly #model: TrainingModel;
  readonly #options: TrainingStepOptions;
  /** One per micro-batch of a step: each keeps its activations from forward to backward. */
  readonly #executors: GraphExecutor[] = [];
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
      const embedded = this.#embed(items, batches);
      const gradients = embedded.map(({ self, next }) => ({
        self: self ? new Float32Array(self.embedding.length) : null,
        next: next ? new Float32Array(next.embedding.length) : null,
      }));
      const losses: Record<string, number> = {};
      losses.contrastive = await this.#contrast(examples, embedded, gradients);
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

  /** Queries first, then positives, then negatives: index i, n + i, and so on. */
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
    const passageKind: BranchKind = this.#options.objective.ebar > 0 ? 'both' : 'self';
    return [
      ...queries,
      ...examples.map(({ positive, selfTargets, nextTargets }) => ({
        tokens: positive,
        kind: passageKind,
        selfTargets,
        nextTargets,
      })),
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
    const packed = packBatch(
      indices.map((index) => this.#sequence(items[index] as TrainingItem)),
      attentionMultiple,
    );
    const graph = new TrainingGraph(this.#model, this.#executors[slot], packed, options);
    try {
      return { items: indices, kind, withLogits, graph, ...(await graph.forward()) };
    } catch (error) {
      graph.dispose();
      throw error;
    }
  }

  #sequence(item: TrainingItem): TokenSequence {
    return buildBranchSequence(item.tokens, this.#options.prompt, item.kind);
  }

  #embed(items: readonly TrainingItem[], batches: readonly MicroBatch[]): Embedded[] {
    const width = this.#model.weights.config.width;
    const { pooledPositions } = this.#options.prompt;
    const embedded: Embedded[] = items.map(() => ({ self: null, next: null }));
    for (const { items: indices, kind, hidden } of batches) {
      indices.forEach((index, sequence) => {
        for (const { branch, row } of this.#branches(kind, sequence)) {
          const rows = hidden.subarray(row * width, (row + pooledPositions) * width);
          (embedded[index] as Embedded)[branch] = poolBranch(rows, width, pooledPositions);
        }
      });
    }
    return embedded;
  }

  /** First row of each branch of a sequence among a micro-batch's selected positions. */
  #branches(kind: BranchKind, sequence: number): { branch: 'self' | 'next'; row: number }[] {
    const { pooledPositions } = this.#options.prompt;
    if (kind !== 'both') return [{ branch: kind, row: sequence * pooledPositions }];
    const row = sequence * 2 * pooledPositions;
    return [
      { branch: 'self', row },
      { branch: 'next', row: row + pooledPositions },
    ];
  }

  async #contrast(
    examples: readonly TokenisedExample[],
    embedded: readonly Embedded[],
    gradients: readonly { self: Float32Array | null; next: Float32Array | null }[],
  ): Promise<number> {
    const count = examples.length;
    const { contrastive, temperature } = this.#options.objective;
    const queries = embedded.slice(0, count).map(({ next }) => (next as PooledBranch).embedding);
    if (this.#options.bankLoss) {
      const targets = examples.map((example) => example.targets as BankTargets);
      const { loss, queryGradients } = await this.#options.bankLoss.of(queries, targets, {
        temperature,
        weight: contrastive,
      });
      queryGradients.forEach((gradient, index) => {
        gradients[index]?.next?.set(gradient);
      });
      return loss;
    }
    const groups = [
      ...examples.map(({ group }) => group),
      ...examples.flatMap(({ negative }) => (negative ? [null] : [])),
    ];
    const result = contrastiveLoss(
      queries,
      embedded.slice(count).map(({ self }) => (self as PooledBranch).embedding),
      examples.map((_, index) => index),
      { temperature, weight: contrastive, allowed: (query, passage) => groups[passage] !== groups[query] },
    );
    result.queryGradients.forEach((gradient, index) => {
      gradients[index]?.next?.set(gradient);
    });
    result.passageGradients.forEach((gradient, index) => {
      gradients[count + index]?.self?.set(gradient);
    });
    return result.loss;
  }

  /** The frozen encoder embeds the same texts; every branch is drawn towards what it was there. */
  async #anchor(
    items: readonly TrainingItem[],
    embedded: readonly Embedded[],
    gradients: readonly { self: Float32Array | null; next: Float32Array | null }[],
  ): Promise<number> {
    const width = this.#model.weights.config.width;
    const slot = this.#executors.length;
    const references: Float32Array[] = items.map(() => new Float32Array(width));
    const executor = GraphExecutor.create(this.#model.backend);
    try {
      for (const indices of splitItems(items, this.#options, this.#model.lanes.length)) {
        const packed = packBatch(
          indices.map((index) => {
            const item = items[index] as TrainingItem;
            return buildBranchSequence(
              item.tokens,
              this.#options.prompt,
              item.kind === 'both' ? 'self' : item.kind,
            );
          }),
        );
        await this.#options.beforeSlice?.();
        const pooled = await computePooled(executor, this.#model.weights, packed, {});
        indices.forEach((index, sequence) => {
          references[index] = poolBranch(pooled[sequence] as Float32Array, width, 1).embedding;
        });
      }
    } finally {
      executor.dispose();
      this.#executors.length = slot;
    }
    const branch = (index: number) => ((items[index] as TrainingItem).kind === 'next' ? 'next' : 'self');
    return anchorLoss(
      embedded.map((entry, index) => (entry[branch(index)] as PooledBranch).embedding),
      references,
      gradients.map((entry, index) => entry[branch(index)] as Float32Array),
      this.#options.objective.anchor,
    );
  }

  async #backward(
    items: readonly TrainingItem[],
    batch: MicroBatch,
    embedded: readonly Embedded[],
    gradients: readonly { self: Float32Array | null; next: Float32Array | null }[],
    losses: Record<string, number>,
    exampleCount: number,
  ): Promise<void> {
    const { pooledPositions } = this.#options.prompt;
    const { config } = this.#model.weights;
    const { objective } = this.#options;
    const rowGradients = new Float32Array(batch.hidden.length);
    const logitsGradient = batch.logits ? new Float32Array(batch.logits.length) : null;
    const shape = { count: pooledPositions, vocabulary: config.vocabularySize };
    batch.items.forEach((index, sequence) => {
      const item = items[index] as TrainingItem;
      for (const { branch, row } of this.#branches(batch.kind, sequence)) {
        const pooled = embedded[index]?.[branch];
        const gradient = gradients[index]?.[branch];
        if (pooled && gradient) {
          const rows = rowGradients.subarray(row * config.width, (row + pooledPositions) * config.width);
          poolBranchBackward(rows, pooled, gradient, pooledPositions);
        }
        const name = branch === 'self' ? 'ebae' : 'ebar';
        if (!batch.logits || !logitsGradient || objective[name] === 0) continue;
        const from = row * config.vocabularySize;
        const to = (row + pooledPositions) * config.vocabularySize;
        const loss = setLoss(
          batch.logits.subarray(from, to),
          logitsGradient.subarray(from, to),
          shape,
          branch === 'self' ? item.selfTargets : item.nextTargets,
          objective[name] / exampleCount,
        );
        losses[name] = (losses[name] ?? 0) + loss / exampleCount;
      }
    });
    await batch.graph.backward(rowGradients, logitsGradient);
  }

  #countTokens(items: readonly TrainingItem[]): number {
    return items.reduce((sum, item) => sum + this.#sequence(item).tokens.length, 0);
  }
}
