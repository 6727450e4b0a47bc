/** What a run is trained with. The defaults are one setting for every collection; docs/adaptation.md has the figures behind them. */
import type { LengthLimits } from '../data/example-tokeniser.ts';
import type { Objective } from './objective.ts';

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
   * How much of what was learnt the adapter keeps: between the bare weights and the trained ones lies what generalises best
   * (arXiv 2109.01903).
   */
  keptShare: number;
  /** The same of what was learnt of the library's words; only with `sides: 'queries'`. */
  keptShareOfWords: number;
  limits: LengthLimits;
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
};

/** Steps to train for when time is no limit. */
export function wantedSteps(settings: TrainingSettings, exampleCount: number): number {
  const perStep = settings.batchSize * settings.accumulation;
  return Math.min(settings.maxSteps, Math.ceil((settings.epochs * exampleCount) / perStep));
}
