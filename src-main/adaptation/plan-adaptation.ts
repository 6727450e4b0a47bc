/**
 * Works out what a run would read, take and need on this device, from the model file's metadata alone; or says why
 * it must not start.
 */

import { availableParallelism } from 'node:os';
import type { AdaptationPlan } from '../contract/adaptation.ts';
import { chooseDevice } from '../llara/device/choose-device.ts';
import { isPlainLanguageModel, readPromptProfile } from '../llara/prompt/prompt-profile.ts';
import { readNetworkShape } from '../llara/training/network-shape.ts';
import type { WeightPrecision } from '../llara/training/state/training-model.ts';
import { GgufFile } from '../native/gguf/gguf-file.ts';
import { type NativeDevice, NativeRuntime } from '../native/native-runtime.ts';
import type { AdaptationInput } from './adaptation-input.ts';
import type { EvaluationLimits } from './evaluation/answer-ranks.ts';
import { chooseWeights, type PlannedStages, passagesIn, type RunSize, spendBudget } from './plan-budget.ts';
import { refusalOf } from './plan-refusal.ts';
import { estimateRun, planStage, type RunEstimate } from './plan-stages.ts';
import { drawPairs, splitForTraining } from './training/prepare-training.ts';
import { readingExamples } from './training/reading-examples.ts';
import { chooseMethod, type Stage, stagesOf } from './training/stages.ts';

/** Of a model that cannot be trained. */
const noEstimate: RunEstimate = {
  memory: 0,
  secondsPerStep: [],
  secondsPerPassage: 0,
  secondsPerQuery: 0,
  bytesPerWord: 0,
  bytesPerPassage: 0,
};

/** A plan, its stages, how the weights should be held for it, and how much it is tested with. */
export type TrainingPlan = {
  plan: AdaptationPlan;
  stages: readonly [Stage, ...Stage[]];
  precision: WeightPrecision;
  evaluation: EvaluationLimits;
};

export async function planAdaptation(input: AdaptationInput): Promise<AdaptationPlan> {
  return (await planTraining(input)).plan;
}

/** Throws `not-supported` for a device that is not here. */
export async function planTraining(input: AdaptationInput): Promise<TrainingPlan> {
  const { request, documents } = input;
  const { training, heldOut } = splitForTraining(documents, request.seed);
  const pairs = await drawPairs(training, input);
  const runtime = await NativeRuntime.create();
  const device = chooseDevice(runtime, request.device ?? 'auto');
  const threads = request.threads || availableParallelism();
  const gguf = await GgufFile.create(runtime, input.modelPath);
  try {
    const network = readNetworkShape(gguf);
    const profile = readPromptProfile(gguf);
    const isLanguageModel = isPlainLanguageModel(gguf);
    const method = chooseMethod(request.method, isLanguageModel);
    const examplesOf = ({ name }: Stage) =>
      name === 'llara' ? readingExamples(training, request.seed) : pairs;
    const stages = stagesOf(method, { isLanguageModel, rank: request.rank, changes: input.settings }).map(
      (stage) => planStage(stage, examplesOf(stage), profile.pooling),
    ) as unknown as PlannedStages;

    const { pooling } = profile;
    const estimateWith = (precision: WeightPrecision) =>
      network.ok
        ? estimateRun(gguf.tensors(), network.shape, { device, threads, stages, precision, pooling })
        : noEstimate;
    const availableBytes = device.kind === 'cpu' ? process.availableMemory() : device.memoryFreeBytes;
    const { budgetSeconds } = request;
    const { precision, estimate } = chooseWeights(estimateWith, stages, {
      bytes: availableBytes,
      budgetSeconds,
    });
    const size: RunSize = { documents, heldOut, pairs: pairs.length, budgetSeconds };
    const budget = spendBudget(size, stages, estimate);
    const refusal = refusalOf({
      ...{ size, stages, budget, network, secondsPerStep: estimate.secondsPerStep },
      hasPrompts: profile.tokeniseApart,
      device: { name: device.name, availableBytes },
    });
    const plan: AdaptationPlan = {
      method,
      documents: documents.length,
      heldOutDocuments: heldOut.length,
      passages: passagesIn(documents),
      pairs: pairs.length,
      tokens: budget.tokens,
      steps: budget.steps.reduce((sum, steps) => sum + steps, 0),
      device: describeDevice(device, threads),
      estimatedSeconds: budget.seconds,
      memoryBytes: Math.round(budget.memoryBytes),
      availableMemoryBytes: availableBytes,
      refusal,
    };
    return { plan, stages, precision, evaluation: budget.evaluation };
  } finally {
    gguf.dispose();
  }
}

function describeDevice({ kind, name }: NativeDevice, threads: number): string {
  return kind === 'cpu' ? `cpu (${threads} ${threads === 1 ? 'thread' : 'threads'})` : name;
}
