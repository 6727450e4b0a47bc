/** What the training loop is given and what it tells at the end. */
import type { TrainingPoint } from '../../../contract/adaptation.ts';
import type { TrainingText } from '../data/example-tokeniser.ts';
import type { TrainingExample } from '../data/training-example.ts';
import type { BackwardSupport } from '../graph/backward-ops.ts';
import type { PassageBanks } from '../losses/bank-loss.ts';
import type { TrainingSettings } from './training-settings.ts';

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
