/**
 * What the training loop is given and what it returns. The default settings are the same for every collection; docs/adaptation.md says why.
 */
import type { TrainingPoint } from '../../../contract/adaptation.ts';
import type { LengthLimits, TrainingText } from '../data/example-tokeniser.ts';
import type { TrainingExample } from '../data/training-example.ts';
import type { BackwardSupport } from '../graph/backward-ops.ts';
import type { PassageBanks } from '../losses/bank-loss.ts';

/** How much each loss counts. A weight of 0 costs no computation. */
export type Objective = {
  contrastive: number;
  temperature: number;
  ebae: number;
  ebar: number;
  anchor: number;
};

export type TrainingSettings = {
  rank: number;
  alpha: number;
  learningRate: number;
  warmUpShare: number;
  /** Examples whose passages are each other's negatives. */
  batchSize: number;
  /** Batches whose gradients are averaged into one step. */
  accumulation: number;
  /** Passes over the examples, unless `maxSteps` or the budget comes first. */
  epochs: number;
  /** As many as the figures in docs/adaptation.md were measured with. */
  maxSteps: number;
  /** Whether each example brings a passage that looks like its answer and is not. */
  negatives: boolean;
  objective: Objective;
  /**
   * `queries`: passages keep their vectors, and queries learn to find them among all of the library's; `both`: the pairs of a batch are all there
   * is, and both sides move. The losses on passages (EBAE, EBAR) need `both`.
   */
  sides: 'queries' | 'both';
  /**
   * Weight interpolation: how much of what was learnt the adapter keeps. Weights between the bare and the trained ones generalise best
   * (arXiv 2109.01903).
   */
  keptShare: number;
  /** The same for the vectors of the library's words; only with `sides: 'queries'`. */
  keptShareOfWords: number;
  limits: LengthLimits;
  /** How often a run looks at the validation loss, and on how many pairs at most. Neither counts as training time. */
  validations: number;
  validationPairs: number;
};

export const defaultTrainingSettings: TrainingSettings = {
  rank: 64,
  alpha: 128,
  learningRate: 1e-3,
  warmUpShare: 0.1,
  batchSize: 64,
  accumulation: 1,
  epochs: 1,
  maxSteps: 320,
  negatives: false,
  objective: { contrastive: 1, temperature: 0.05, ebae: 0, ebar: 0, anchor: 0 },
  sides: 'queries',
  keptShare: 0.5,
  keptShareOfWords: 0.25,
  limits: { queryTokens: 48, passageTokens: 128 },
  validations: 12,
  validationPairs: 128,
};

/**
 * Where passages are computed too, a pair costs ten times as many tokens, and a validation likewise: so steps of fewer and shorter pairs, and few
 * validations.
 */
export const bothSidesSettings: TrainingSettings = {
  ...defaultTrainingSettings,
  rank: 16,
  alpha: 32,
  batchSize: 16,
  sides: 'both',
  limits: { queryTokens: 32, passageTokens: 64 },
  validations: 4,
  validationPairs: 32,
};

/** Steps to train for when time is no limit. */
export function wantedSteps(settings: TrainingSettings, exampleCount: number): number {
  const perStep = settings.batchSize * settings.accumulation;
  return Math.min(settings.maxSteps, Math.ceil((settings.epochs * exampleCount) / perStep));
}

export type TrainAdapterOptions = {
  examples: readonly TrainingExample[];
  /** From documents that `examples` has nothing of. May be empty: then the last state wins, not the best one. */
  validation: readonly TrainingExample[];
  settings: TrainingSettings;
  /** Where given, queries alone are trained, against their passages; every example then names its own among them. */
  banks?: PassageBanks;
  text: TrainingText;
  seed: number;
  /** Wall-clock limit of this run, pauses not counted. */
  budgetSeconds: number;
  /** Steps to plan the schedule for; worked out from the budget and the data unless given. */
  totalSteps?: number;
  checkpointPath: string;
  /** Identity of model, data and settings: a checkpoint of anything else is not resumed from. */
  fingerprint: string;
  /** At least; longer where writing one takes long. */
  secondsBetweenCheckpoints?: number;
  microBatchTokens?: number;
  support?: BackwardSupport;
  /** Called before every slice of computation: the place to let a search go first. */
  beforeSlice?: () => Promise<void>;
  onPoint?: (point: TrainingPoint) => void;
  signal?: AbortSignal;
};

export type TrainingOutcome = {
  steps: number;
  trainedSeconds: number;
  trainedTokens: number;
  tokensPerSecond: number;
  /** Contrastive loss on the validation examples, before and at the state kept; null without such examples. */
  validationBefore: number | null;
  validationAfter: number | null;
  peakActivationBytes: number;
};
