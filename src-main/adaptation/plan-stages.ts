/**
 * Estimates what the stages of a run would take on a device, from the model file's metadata and the lengths of the first texts: nothing is loaded.
 */
import type { LlamaConfig } from '../llara/graph/llama-config.ts';
import type { TrainingExample } from '../llara/training/data/training-example.ts';
import { type TrainingSettings, wantedSteps } from '../llara/training/loop/training-settings.ts';
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
import type { Stage } from './training/stages.ts';

const charactersPerToken = 4;
/** Tokens of prompt around a text, about. */
const promptTokens = 10;
const pooledPositions = 8;
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

export function planStage(stage: Stage, examples: readonly TrainingExample[]): PlannedStage {
  const { settings } = stage;
  const perStep = settings.batchSize * settings.accumulation;
  const { tokens, branches } = tokensPerExample(examples, settings);
  return {
    ...stage,
    wanted: wantedSteps(settings, examples.length),
    tokensPerStep: tokens * perStep,
    pooledPerStep: branches * pooledPositions * perStep,
  };
}

export function estimateRun(
  tensors: readonly GgufTensorInfo[],
  config: LlamaConfig,
  run: {
    device: NativeDevice;
    threads: number;
    stages: readonly [PlannedStage, ...PlannedStage[]];
    precision: WeightPrecision;
  },
): RunEstimate {
  const { device, threads, stages, precision } = run;
  const speed = (of: WeightPrecision) => operationsPerSecond({ kind: device.kind, threads }, of);
  const memoryOf = ({ settings, tokensPerStep }: PlannedStage) =>
    trainingMemory(tensors, config, {
      rank: settings.rank,
      lanes: device.kind === 'cpu' ? threads : 1,
      withHead: stages.some(needsHead),
      tokensPerStep: tokensPerStep / settings.accumulation,
      columns:
        (settings.sides === 'both' ? settings.limits.passageTokens : settings.limits.queryTokens) +
        promptTokens,
      precision,
    }).total;
  const secondsOf = (stage: PlannedStage) => {
    const { settings, tokensPerStep, pooledPerStep } = stage;
    const head = needsHead(stage) ? headOperations(config, pooledPerStep) : 0;
    return (stepOperations(config, tokensPerStep, pooledPerStep, settings.rank) + head) / speed(precision);
  };
  const [{ settings, tokensPerStep }] = stages;
  const tokensPerQuery = tokensPerStep / (settings.batchSize * settings.accumulation);
  return {
    memory: Math.max(...stages.map(memoryOf)),
    secondsPerStep: stages.map(secondsOf),
    secondsPerPassage:
      forwardOperations(config, embeddedTokens + promptTokens, pooledPositions) / speed('stored'),
    secondsPerQuery: forwardOperations(config, tokensPerQuery, pooledPositions) / speed('stored'),
    // Values, gradients and two moments.
    bytesPerWord: 4 * 4 * config.width,
    // The vector; as it is and transposed for the products with it, in training and in validation.
    bytesPerPassage: settings.sides === 'queries' ? 5 * 4 * config.width : 0,
  };
}

export function needsHead({ settings: { objective } }: Stage): boolean {
  return objective.ebae > 0 || objective.ebar > 0;
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
