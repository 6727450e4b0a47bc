/**
 * Works out what a run would read, take and need on this device, from the model file's metadata alone; or says why
 * it must not start.
 */

import { availableParallelism } from 'node:os';
import { AppError } from '../common/app-error.ts';
import type { AdaptationPlan } from '../contract/adaptation.ts';
import { isPlainLanguageModel, readPromptProfile } from '../llara/prompt/prompt-profile.ts';
import { adaptableModels } from '../llara/training/data/training-text.ts';
import { defaultWordsSettings } from '../llara/training/loop/train-query-words.ts';
import { readNetworkShape } from '../llara/training/network-shape.ts';
import type { WeightPrecision } from '../llara/training/state/training-model.ts';
import { GgufFile } from '../native/gguf/gguf-file.ts';
import { NativeRuntime } from '../native/native-runtime.ts';
import type { AdaptationDocument } from './adaptation-document.ts';
import type { AdaptationInput } from './adaptation-input.ts';
import { type EvaluationLimits, maxCandidates, maxQuestions } from './evaluation/answer-ranks.ts';
import { minQuestions } from './evaluation/verdict.ts';
import { estimateRun, type PlannedStage, planStage, type RunEstimate } from './plan-stages.ts';
import { drawPairs, maxPassages, splitForTraining } from './training/prepare-training.ts';
import { readingExamples } from './training/reading-examples.ts';
import { chooseMethod, isForQueries, needsHead, type Stage, stagesOf } from './training/stages.ts';
import { evaluationShareOfBoth, libraryShare, trainingShare } from './training/time-budget.ts';

const minTrainingPairs = 128;
/** Fewer say nothing about documents in general. */
const minHeldOut = 3;
/** Sentences, an excerpt and a heading, about. */
const questionsPerPassage = 5;
/** Loading, negatives, statistics. */
const fixedSeconds = 5;
/** Beside embedding it, what learning words takes for a question: about as long again. */
const wordsPassesOfQuestion = 2;

/** Of a test of an adapter for passages too, however little time there is. */
const minEvaluation = { candidates: 100, questions: 40 };
/** Of the budget: with less left, learning is not worth its test. */
const maxEvaluationShare = 0.5;
const candidatesPart = 0.6;

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

/** Half-precision copies where memory and budget allow them; the weights as stored where only those fit. */
export async function planTraining(input: AdaptationInput): Promise<TrainingPlan> {
  const { request, documents } = input;
  const { training, heldOut } = splitForTraining(documents, request.seed);
  const pairs = drawPairs(training, input);
  const passages = documents.reduce((sum, { chunks }) => sum + chunks.length, 0);
  const runtime = await NativeRuntime.create();
  const device =
    runtime.findDevice(request.device ?? 'auto') ?? runtime.findDevice('gpu') ?? runtime.findDevice('cpu');
  if (!device) throw new AppError('native-library-missing', 'No device to train on was found.');
  const threads = request.threads || availableParallelism();
  const gguf = await GgufFile.create(runtime, input.modelPath);
  try {
    const network = readNetworkShape(gguf);
    const profile = readPromptProfile(gguf);
    const available = device.kind === 'cpu' ? process.availableMemory() : device.memoryFreeBytes;
    const isLanguageModel = isPlainLanguageModel(gguf);
    const method = chooseMethod(request.method, isLanguageModel);
    const stages = stagesOf(method, { isLanguageModel, rank: request.rank, changes: input.settings }).map(
      (stage) =>
        planStage(
          stage,
          stage.name === 'llara' ? readingExamples(training, request.seed) : pairs,
          profile.pooling,
        ),
    ) as [PlannedStage, ...PlannedStage[]];
    const estimate = (precision: WeightPrecision) =>
      network.ok
        ? estimateRun(gguf.tensors(), network.shape, {
            device,
            threads,
            stages,
            precision,
            pooling: profile.pooling,
          })
        : noEstimate;
    const queriesAlone = isForQueries(stages);
    const trainingSeconds =
      request.budgetSeconds * (queriesAlone ? trainingShare : 1 - evaluationShareOfBoth);
    const secondsWanted = ({ secondsPerStep }: RunEstimate) =>
      stages.reduce((sum, { wanted }, index) => sum + wanted * (secondsPerStep[index] ?? 0), 0);
    const half = estimate('half');
    const affordsHalf = half.memory <= available && secondsWanted(half) <= trainingSeconds;
    const precision = affordsHalf ? 'half' : 'stored';
    const { secondsPerStep, secondsPerPassage, ...estimated } = affordsHalf ? half : estimate('stored');
    const secondsForLibrary = queriesAlone
      ? Math.min(
          pairs.length * wordsPassesOfQuestion * estimated.secondsPerQuery,
          request.budgetSeconds * libraryShare,
        )
      : 0;
    const memory =
      estimated.memory +
      (queriesAlone ? Math.min(pairs.length, defaultWordsSettings.maxWords) * estimated.bytesPerWord : 0) +
      Math.min(passages, maxPassages) * estimated.bytesPerPassage;
    const stepsOf = stages.map(({ wanted, share }, index) =>
      Math.min(wanted, Math.floor((trainingSeconds * share) / Math.max(secondsPerStep[index] ?? 0, 1e-6))),
    );
    const sum = (of: (steps: number, stage: number) => number) =>
      stepsOf.reduce((total, steps, stage) => total + of(steps, stage), 0);
    const evaluation = queriesAlone
      ? { questions: maxQuestions, candidates: maxCandidates }
      : affordableEvaluation(
          (request.budgetSeconds * evaluationShareOfBoth) / secondsPerPassage / (stages.length + 1),
        );
    const heldOutPassages = heldOut.reduce((total, { chunks }) => total + chunks.length, 0);
    const questions = Math.min(evaluation.questions, questionsPerPassage * heldOutPassages);
    const texts = queriesAlone
      ? textsToEmbed(documents, questions)
      : (stages.length + 1) * (Math.min(passages, evaluation.candidates) + questions);
    const seconds =
      fixedSeconds +
      secondsForLibrary +
      sum((steps, stage) => steps * (secondsPerStep[stage] ?? 0)) +
      texts * secondsPerPassage;
    const plan: AdaptationPlan = {
      method,
      documents: documents.length,
      heldOutDocuments: heldOut.length,
      passages,
      pairs: pairs.length,
      tokens: Math.round(sum((steps, stage) => steps * (stages[stage] as PlannedStage).tokensPerStep)),
      steps: sum((steps) => steps),
      device:
        device.kind === 'cpu' ? `cpu (${threads} ${threads === 1 ? 'thread' : 'threads'})` : device.name,
      // The test of an adapter for passages has a size below which it says nothing, whatever the budget.
      estimatedSeconds: queriesAlone ? Math.min(request.budgetSeconds, seconds) : seconds,
      memoryBytes: Math.round(memory),
      availableMemoryBytes: available,
      refusal: refusalOf(),
    };
    return { plan, stages, precision, evaluation };

    function refusalOf(): string | null {
      if (!network.ok) return `This encoder cannot be adapted: ${network.reason}. ${adaptableModels}`;
      if (!network.shape.hasHead && stages.some(needsHead)) {
        return 'This encoder has no output head, so it cannot learn by the method LLaRA. Choose the method contrastive.';
      }
      if (!profile.tokeniseApart && stages.some(needsHead)) {
        return 'This encoder has no prompts of LLaRA’s kind, so it cannot learn by the method LLaRA. Choose the method contrastive.';
      }
      if (pairs.length < minTrainingPairs || heldOut.length < minHeldOut || questions < minQuestions) {
        return `Your ${documents.length} documents give ${pairs.length} training pairs and ${heldOut.length} documents to test on; at least ${minTrainingPairs} pairs and ${minHeldOut} test documents with ${minQuestions} questions are needed. Add more documents.`;
      }
      if (memory > available) {
        return `Training needs about ${megabytes(memory)} MB of memory and ${megabytes(available)} MB are free on ${device?.name}. Close other programs or choose a smaller encoder.`;
      }
      if (!queriesAlone && texts * secondsPerPassage > maxEvaluationShare * request.budgetSeconds) {
        const minutes = Math.ceil((texts * secondsPerPassage) / maxEvaluationShare / 60);
        return `Testing what such a large model has learnt takes about ${Math.ceil(texts * secondsPerPassage)} s here, more than half of the budget of ${request.budgetSeconds} s. Allow ${minutes} minutes or more.`;
      }
      if (Math.min(...stepsOf) < 1) {
        return `One step takes about ${Math.ceil(Math.max(...secondsPerStep))} s here, more than the budget of ${request.budgetSeconds} s leaves for it. Allow more time.`;
      }
      return null;
    }
  } finally {
    gguf.dispose();
  }
}

/** Beside training queries: passages to train against and to rank among, unless the library has their vectors; questions and answers. */
function textsToEmbed(documents: readonly AdaptationDocument[], questions: number): number {
  const missing = documents.reduce(
    (sum, { chunks }) => sum + chunks.filter(({ vector }) => !vector).length,
    0,
  );
  return Math.min(missing, maxPassages) + Math.min(missing, maxCandidates) + 3 * questions;
}

function affordableEvaluation(texts: number): EvaluationLimits {
  const within = (part: number, least: number, most: number) =>
    Math.round(Math.min(most, Math.max(least, part * texts)));
  return {
    candidates: within(candidatesPart, minEvaluation.candidates, maxCandidates),
    questions: within(1 - candidatesPart, minEvaluation.questions, maxQuestions),
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / (1 << 20));
}
