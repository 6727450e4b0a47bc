/** How the time of a run is spent: which form of the weights it affords, the steps of each stage, the size of its test, and the memory that takes. */

import { defaultWordsSettings } from '../llara/training/loop/train-query-words.ts';
import type { WeightPrecision } from '../llara/training/state/training-model.ts';
import type { AdaptationDocument } from './adaptation-document.ts';
import { type EvaluationLimits, maxCandidates, maxQuestions } from './evaluation/answer-ranks.ts';
import type { PlannedStage, RunEstimate } from './plan-stages.ts';
import { maxPassages } from './training/prepare-training.ts';
import { isForQueries } from './training/stages.ts';
import {
  evaluationShare,
  evaluationShareOfBoth,
  libraryShare,
  trainingShare,
} from './training/time-budget.ts';

/** Sentences, an excerpt and a heading, about. */
const questionsPerPassage = 5;
/** Loading, negatives, statistics. */
const fixedSeconds = 5;
/** Beside embedding it, what learning words takes for a question: about as long again. */
const wordsPassesOfQuestion = 2;

/** Of a test of an adapter for passages too, however little time there is. */
const minEvaluation = { candidates: 100, questions: 40 };
const candidatesPart = 0.6;
/** Of a test of an adapter for queries alone. */
const minQuestions = 200;
/** Of its questions, those that are taken out of their passage, so that what is left of it is embedded. */
const takenOutShare = 0.55;
/** Searching for one among all candidates, by words and twice by vectors. */
const searchSeconds = 0.012;

export type PlannedStages = readonly [PlannedStage, ...PlannedStage[]];

/** What is to be learnt from, and in how much time. */
export type RunSize = {
  documents: readonly AdaptationDocument[];
  heldOut: readonly AdaptationDocument[];
  pairs: number;
  budgetSeconds: number;
};

export type RunBudget = {
  /** One for each stage. */
  steps: readonly number[];
  tokens: number;
  /** How much the adapter is tested with, and with how many questions of the documents that were set aside. */
  evaluation: EvaluationLimits;
  questions: number;
  /** Embedding the texts of the test, and what training compares with. */
  embeddingSeconds: number;
  seconds: number;
  memoryBytes: number;
};

/** Half-precision copies where memory and budget allow them; the weights as stored where only those fit. */
export function chooseWeights(
  estimate: (precision: WeightPrecision) => RunEstimate,
  stages: PlannedStages,
  available: { bytes: number; budgetSeconds: number },
): { precision: WeightPrecision; estimate: RunEstimate } {
  const half = estimate('half');
  const seconds = stages.reduce(
    (sum, { wanted }, index) => sum + wanted * (half.secondsPerStep[index] ?? 0),
    0,
  );
  const isAffordable =
    half.memory <= available.bytes && seconds <= trainingSeconds(stages, available.budgetSeconds);
  return isAffordable
    ? { precision: 'half', estimate: half }
    : { precision: 'stored', estimate: estimate('stored') };
}

export function spendBudget(
  { documents, heldOut, pairs, budgetSeconds }: RunSize,
  stages: PlannedStages,
  estimate: RunEstimate,
): RunBudget {
  const { secondsPerStep, secondsPerPassage } = estimate;
  const queriesAlone = isForQueries(stages);
  const forTraining = trainingSeconds(stages, budgetSeconds);
  const steps = stages.map(({ wanted, share }, index) =>
    Math.min(wanted, Math.floor((forTraining * share) / Math.max(secondsPerStep[index] ?? 0, 1e-6))),
  );
  const sum = (of: (steps: number, stage: number) => number) =>
    steps.reduce((total, count, stage) => total + of(count, stage), 0);
  const evaluation = queriesAlone
    ? { questions: affordableQuestions(budgetSeconds, estimate), candidates: maxCandidates }
    : affordableEvaluation((budgetSeconds * evaluationShareOfBoth) / secondsPerPassage / (stages.length + 1));
  const passages = passagesIn(documents);
  const questions = Math.min(evaluation.questions, questionsPerPassage * passagesIn(heldOut));
  const texts = queriesAlone
    ? textsToEmbed(documents, questions)
    : (stages.length + 1) * (Math.min(passages, evaluation.candidates) + questions);
  const embeddingSeconds = texts * secondsPerPassage;
  const searchingSeconds = queriesAlone ? 2 * questions * searchSeconds : 0;
  const librarySeconds = queriesAlone
    ? Math.min(pairs * wordsPassesOfQuestion * estimate.secondsPerQuery, budgetSeconds * libraryShare)
    : 0;
  const seconds =
    fixedSeconds +
    librarySeconds +
    sum((count, stage) => count * (secondsPerStep[stage] ?? 0)) +
    embeddingSeconds +
    searchingSeconds;
  const wordBytes = queriesAlone ? Math.min(pairs, defaultWordsSettings.maxWords) * estimate.bytesPerWord : 0;
  return {
    steps,
    tokens: Math.round(sum((count, stage) => count * (stages[stage] as PlannedStage).tokensPerStep)),
    evaluation,
    questions,
    embeddingSeconds,
    // The test of an adapter for passages has a size below which it says nothing, whatever the budget.
    seconds: queriesAlone ? Math.min(budgetSeconds, seconds) : seconds,
    memoryBytes: estimate.memory + wordBytes + Math.min(passages, maxPassages) * estimate.bytesPerPassage,
  };
}

export function passagesIn(documents: readonly AdaptationDocument[]): number {
  return documents.reduce((sum, { chunks }) => sum + chunks.length, 0);
}

function trainingSeconds(stages: PlannedStages, budgetSeconds: number): number {
  return budgetSeconds * (isForQueries(stages) ? trainingShare : 1 - evaluationShareOfBoth);
}

/** Beside training queries: passages to train against and to rank among, unless the library has their vectors; questions and answers. */
function textsToEmbed(documents: readonly AdaptationDocument[], questions: number): number {
  const missing = documents.reduce(
    (sum, { chunks }) => sum + chunks.filter(({ vector }) => !vector).length,
    0,
  );
  return Math.min(missing, maxPassages) + Math.min(missing, maxCandidates) + (2 + takenOutShare) * questions;
}

/** Asked before and after; what is left of their passages is embedded once. */
function affordableQuestions(budgetSeconds: number, estimate: RunEstimate): number {
  const perQuestion =
    takenOutShare * estimate.secondsPerPassage + 2 * (estimate.secondsPerQuery + searchSeconds);
  const affordable = Math.round((budgetSeconds * evaluationShare) / perQuestion);
  return Math.min(maxQuestions, Math.max(minQuestions, affordable));
}

function affordableEvaluation(texts: number): EvaluationLimits {
  const within = (part: number, least: number, most: number) =>
    Math.round(Math.min(most, Math.max(least, part * texts)));
  return {
    candidates: within(candidatesPart, minEvaluation.candidates, maxCandidates),
    questions: within(1 - candidatesPart, minEvaluation.questions, maxQuestions),
  };
}
