/** Why a run must not start, for a person, with what would let it; null where it may. */
import { adaptableModels } from '../llara/training/data/training-text.ts';
import type { readNetworkShape } from '../llara/training/network-shape.ts';
import { minQuestions } from './evaluation/verdict.ts';
import type { PlannedStages, RunBudget, RunSize } from './plan-budget.ts';
import { isForQueries, needsHead } from './training/stages.ts';

const minTrainingPairs = 128;
/** Fewer say nothing about documents in general. */
const minHeldOut = 3;
/** Of the budget: with less left, learning is not worth its test. */
const maxEvaluationShare = 0.5;

export type PlannedRun = {
  size: RunSize;
  stages: PlannedStages;
  budget: RunBudget;
  secondsPerStep: readonly number[];
  network: ReturnType<typeof readNetworkShape>;
  /** Whether the encoder's prompts are made of pieces that are tokenised apart, as LLaRA's are. */
  hasPrompts: boolean;
  device: { name: string; availableBytes: number };
};

export function refusalOf(run: PlannedRun): string | null {
  return refusalOfEncoder(run) ?? refusalOfDocuments(run) ?? refusalOfMachine(run);
}

function refusalOfEncoder({ network, stages, hasPrompts }: PlannedRun): string | null {
  if (!network.ok) return `This encoder cannot be adapted: ${network.reason}. ${adaptableModels}`;
  if (!stages.some(needsHead)) return null;
  const instead = 'so it cannot learn by the method LLaRA. Choose the method contrastive.';
  if (!network.shape.hasHead) return `This encoder has no output head, ${instead}`;
  return hasPrompts ? null : `This encoder has no prompts of LLaRA’s kind, ${instead}`;
}

function refusalOfDocuments({ size, budget: { questions } }: PlannedRun): string | null {
  const { documents, heldOut, pairs } = size;
  if (pairs >= minTrainingPairs && heldOut.length >= minHeldOut && questions >= minQuestions) return null;
  return `Your ${documents.length} documents give ${pairs} training pairs and ${heldOut.length} documents to test on; at least ${minTrainingPairs} pairs and ${minHeldOut} test documents with ${minQuestions} questions are needed. Add more documents.`;
}

function refusalOfMachine({ size, stages, budget, secondsPerStep, device }: PlannedRun): string | null {
  const { budgetSeconds } = size;
  const { memoryBytes, embeddingSeconds, steps } = budget;
  if (memoryBytes > device.availableBytes)
    return `Training needs about ${megabytes(memoryBytes)} MB of memory and ${megabytes(device.availableBytes)} MB are free on ${device.name}. Close other programs or choose a smaller encoder.`;
  if (!isForQueries(stages) && embeddingSeconds > maxEvaluationShare * budgetSeconds) {
    const minutes = Math.ceil(embeddingSeconds / maxEvaluationShare / 60);
    return `Testing what such a large model has learnt takes about ${Math.ceil(embeddingSeconds)} s here, more than half of the budget of ${budgetSeconds} s. Allow ${minutes} minutes or more.`;
  }
  if (Math.min(...steps) < 1)
    return `One step takes about ${Math.ceil(Math.max(...secondsPerStep))} s here, more than the budget of ${budgetSeconds} s leaves for it. Allow more time.`;
  return null;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / (1 << 20));
}
