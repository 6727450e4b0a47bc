/**
 * Estimates what the stages of a run would take on a device, from the model file's metadata and the lengths of the first texts: nothing is loaded.
 */
import type { Pooling } from '../llara/prompt/pooling.ts';
import type { TrainingExample } from '../llara/training/data/training-example.ts';
import { type TrainingSettings, wantedSteps } from '../llara/training/loop/training-settings.ts';
import type { NetworkShape } from '../llara/training/network-shape.ts';
import type { WeightPrecision } from '../llara/training/state/training-model.ts';
import {
  forwardOperations,
  headOperations,
  operationsPerSecond,
  stepOperations,
} from '../llara/training/training-cost.ts';
import { trainingMemory } from '../llara/training/training-memory.ts';
import type { GgufTensorInfo } from '../native/gguf/gguf-file.ts';
import type { NativeDevice } from '../native/native-runtime.ts';
import { needsHead, type Stage } from './training/stages.ts';

const charactersPerToken = 4;
/** Tokens of prompt around a text, about. */
const promptTokens = 10;
/** What passages are embedded with, beyond training: about as long as a library's are on average. */
const embeddedTokens = 128;

export type PlannedStage = Stage & { wanted: number; tokensPerStep: number; pooledPerStep: number };

export type RunEstimate = {
  memory: number;
  /** One for each stage. */
  secondsPerStep: number[];
  secondsPerPassage: number;
  secondsPerQuery: number;
  bytesPerWord: number;
  bytesPerPassage: number;
};

export function planStage(
  stage: Stage,
  examples: readonly TrainingExample[],
  pooling: Pooling,
): PlannedStage {
  const { settings } = stage;
  const perStep = settings.batchSize * settings.accumulation;
  const { tokens, branches } = tokensPerExample(examples, settings);
  return {
    ...stage,
    wanted: wantedSteps(settings, examples.length),
    tokensPerStep: tokens * perStep,
    pooledPerStep: perStep * pooledOf(pooling, tokens, branches),
  };
}

/** Of `tokens` with so many branches, how many positions are computed to the end: the last ones of each branch, or all. */
function pooledOf(pooling: Pooling, tokens: number, branches = 1): number {
  if (pooling.kind === 'mean') return tokens;
  return branches * (pooling.kind === 'last' ? pooling.count : 1);
}

export function estimateRun(
  tensors: readonly GgufTensorInfo[],
  shape: NetworkShape,
  run: {
    device: NativeDevice;
    threads: number;
    stages: readonly [PlannedStage, ...PlannedStage[]];
    precision: WeightPrecision;
    pooling: Pooling;
  },
): RunEstimate {
  const { device, threads, stages, precision, pooling } = run;
  const forward = (tokens: number) => forwardOperations(shape, tokens, pooledOf(pooling, tokens));
  const speed = (of: WeightPrecision) => operationsPerSecond({ kind: device.kind, threads }, of);
  const memoryOf = ({ settings, tokensPerStep }: PlannedStage) =>
    trainingMemory(tensors, shape, {
      rank: settings.rank,
      lanes: device.kind === 'cpu' ? threads : 1,
      withHead: stages.some(needsHead),
      tokensPerStep: tokensPerStep / settings.accumulation,
      columns:
        (settings.sides === 'both' ? settings.limits.passageTokens : settings.limits.queryTokens) +
        promptTokens,
      poolsAll: pooling.kind === 'mean',
      precision,
    }).total;
  const secondsOf = (stage: PlannedStage) => {
    const { settings, tokensPerStep, pooledPerStep } = stage;
    const head = needsHead(stage) ? headOperations(shape, pooledPerStep) : 0;
    return (stepOperations(shape, tokensPerStep, pooledPerStep, settings.rank) + head) / speed(precision);
  };
  const [{ settings, tokensPerStep }] = stages;
  const tokensPerQuery = tokensPerStep / (settings.batchSize * settings.accumulation);
  return {
    memory: Math.max(...stages.map(memoryOf)),
    secondsPerStep: stages.map(secondsOf),
    secondsPerPassage: forward(embeddedTokens + promptTokens) / speed('stored'),
    secondsPerQuery: forward(tokensPerQuery) / speed('stored'),
    // Values, gradients and two moments.
    bytesPerWord: 4 * 4 * shape.width,
    // The vector; as it is and transposed for the products with it, in training and in validation.
    bytesPerPassage: settings.sides === 'queries' ? 5 * 4 * shape.width : 0,
  };
}

/** What is trained of an example, with its prompts, by the first examples' lengths; and how many embeddings it makes. */
function tokensPerExample(
  examples: readonly TrainingExample[],
  { limits, sides, objective }: TrainingSettings,
): { tokens: number; branches: number } {
  const sample = examples.slice(0, 400);
  const asks = objective.contrastive > 0;
  const passageBranches = sides === 'queries' ? 0 : objective.ebar > 0 ? 2 : 1;
  const lengthOf = (text: string, limit: number) => Math.min(limit, text.length / charactersPerToken);
  const total = sample.reduce(
    (sum, { query, positive }) =>
      sum +
      (asks ? lengthOf(query, limits.queryTokens) + promptTokens : 0) +
      (passageBranches > 0 ? lengthOf(positive, limits.passageTokens) + passageBranches * promptTokens : 0),
    0,
  );
  return { tokens: total / Math.max(1, sample.length), branches: (asks ? 1 : 0) + passageBranches };
}
