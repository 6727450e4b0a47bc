/**
 * Works out what a run would read, take and need on this device, from the model file's metadata alone; or says why
 * it must not start.
 */
import { availableParallelism } from 'node:os';
import { AppError } from '../common/app-error.ts';
import type { AdaptationPlan } from '../contract/adaptation.ts';
import type { LlamaConfig } from '../llara/graph/llama-config.ts';
import { readLlamaConfig } from '../llara/graph/llama-config.ts';
import { readPromptProfile } from '../llara/prompt/prompt-profile.ts';
import { adaptableModels } from '../llara/training/data/training-text.ts';
import { defaultWordsSettings } from '../llara/training/loop/train-query-words.ts';
import {
  defaultTrainingSettings,
  type TrainingSettings,
  wantedSteps,
} from '../llara/training/loop/training-settings.ts';
import type { WeightPrecision } from '../llara/training/state/training-model.ts';
import { forwardOperations, operationsPerSecond, stepOperations } from '../llara/training/training-cost.ts';
import { trainingMemory } from '../llara/training/training-memory.ts';
import { GgufFile } from '../native/gguf/gguf-file.ts';
import { type NativeDevice, NativeRuntime } from '../native/native-runtime.ts';
import type { AdaptationDocument } from './adaptation-document.ts';
import type { AdaptationInput } from './adaptation-input.ts';
import { maxCandidates, maxQuestions } from './evaluation/answer-ranks.ts';
import { minQuestions } from './evaluation/verdict.ts';
import type { TrainingPair } from './pairs/training-pair.ts';
import { drawPairs, maxPassages, splitForTraining } from './training/prepare-training.ts';
import { libraryShare, trainingShare } from './training/time-budget.ts';

const minTrainingPairs = 128;
/** Fewer say nothing about documents in general. */
const minHeldOut = 3;
/** Sentences, an excerpt and a heading, about. */
const questionsPerPassage = 5;
const charactersPerToken = 4;
/** Tokens of prompt around a text, about. */
const promptTokens = 10;
const pooledPositions = 8;
/** Loading, negatives, statistics. */
const fixedSeconds = 5;
/** Beside embedding it, what learning words takes for a question: about as long again. */
const wordsPassesOfQuestion = 2;

/** Of a model that cannot be trained. */
const noEstimate = {
  memory: 0,
  secondsPerStep: 0,
  secondsPerPassage: 0,
  secondsPerQuery: 0,
  bytesPerWord: 0,
  bytesPerPassage: 0,
};

/** A plan, and how the weights should be held for it. */
export type TrainingPlan = { plan: AdaptationPlan; precision: WeightPrecision };

export async function planAdaptation(input: AdaptationInput): Promise<AdaptationPlan> {
  return (await planTraining(input)).plan;
}

/** Half-precision copies where memory and budget allow them; the weights as stored where only those fit. */
export async function planTraining(input: AdaptationInput): Promise<TrainingPlan> {
  const { request, documents } = input;
  const settings = { ...defaultTrainingSettings, rank: request.rank ?? defaultTrainingSettings.rank };
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
    const llama = readLlamaConfig(gguf);
    const profile = readPromptProfile(gguf);
    const available = device.kind === 'cpu' ? process.availableMemory() : device.memoryFreeBytes;
    const wanted = wantedSteps(settings, pairs.length);
    const tokensPerStep = tokensPerPair(pairs, settings) * settings.batchSize * settings.accumulation;
    const estimate = (precision: WeightPrecision) =>
      llama.ok
        ? estimateRun(gguf, llama.config, { device, threads, settings, tokensPerStep, precision })
        : noEstimate;
    const trainingSeconds = request.budgetSeconds * trainingShare;
    const half = estimate('half');
    const affordsHalf = half.memory <= available && half.secondsPerStep * wanted <= trainingSeconds;
    const precision = affordsHalf ? 'half' : 'stored';
    const { secondsPerStep, secondsPerPassage, ...estimated } = affordsHalf ? half : estimate('stored');
    const learnsLibrary = settings.sides === 'queries';
    const secondsForLibrary = learnsLibrary
      ? Math.min(
          pairs.length * wordsPassesOfQuestion * estimated.secondsPerQuery,
          request.budgetSeconds * libraryShare,
        )
      : 0;
    const memory =
      estimated.memory +
      (learnsLibrary ? Math.min(pairs.length, defaultWordsSettings.maxWords) * estimated.bytesPerWord : 0) +
      Math.min(passages, maxPassages) * estimated.bytesPerPassage;
    const steps = Math.min(wanted, Math.floor(trainingSeconds / Math.max(secondsPerStep, 1e-6)));
    const heldOutPassages = heldOut.reduce((sum, { chunks }) => sum + chunks.length, 0);
    const questions = Math.min(maxQuestions, questionsPerPassage * heldOutPassages);
    const seconds =
      fixedSeconds +
      secondsForLibrary +
      steps * secondsPerStep +
      textsToEmbed(documents, questions, settings) * secondsPerPassage;
    const plan: AdaptationPlan = {
      documents: documents.length,
      heldOutDocuments: heldOut.length,
      passages,
      pairs: pairs.length,
      tokens: Math.round(steps * tokensPerStep),
      steps,
      device:
        device.kind === 'cpu' ? `cpu (${threads} ${threads === 1 ? 'thread' : 'threads'})` : device.name,
      estimatedSeconds: Math.min(request.budgetSeconds, seconds),
      memoryBytes: Math.round(memory),
      availableMemoryBytes: available,
      refusal: refusalOf(),
    };
    return { plan, precision };

    function refusalOf(): string | null {
      if (!llama.ok)
        return `This encoder cannot be adapted: ${llama.reason}. ${adaptableModels}`;
      if (!profile.tokeniseApart || profile.pooling.kind !== 'last') {
        return `This encoder cannot be adapted: its prompts are of another kind than LLaRA's. ${adaptableModels}`;
      }
      if (pairs.length < minTrainingPairs || heldOut.length < minHeldOut || questions < minQuestions) {
        return `Your ${documents.length} documents give ${pairs.length} training pairs and ${heldOut.length} documents to test on; at least ${minTrainingPairs} pairs and ${minHeldOut} test documents with ${minQuestions} questions are needed. Add more documents.`;
      }
      if (memory > available) {
        return `Training needs about ${megabytes(memory)} MB of memory and ${megabytes(available)} MB are free on ${device?.name}. Close other programs or choose a smaller encoder.`;
      }
      if (steps < 1) {
        return `One step takes about ${Math.ceil(secondsPerStep)} s here, more than the budget of ${request.budgetSeconds} s. Allow more time.`;
      }
      return null;
    }
  } finally {
    gguf.dispose();
  }
}

/** What is trained of a pair, with its prompts, by the first pairs' lengths. */
function tokensPerPair(pairs: readonly TrainingPair[], { limits, sides }: TrainingSettings): number {
  const sample = pairs.slice(0, 400);
  const lengthOf = (text: string, limit: number) =>
    Math.min(limit, text.length / charactersPerToken) + promptTokens;
  const total = sample.reduce(
    (sum, { query, positive }) =>
      sum +
      lengthOf(query, limits.queryTokens) +
      (sides === 'both' ? lengthOf(positive, limits.passageTokens) : 0),
    0,
  );
  return total / Math.max(1, sample.length);
}

/** Beside training: passages to train against and to rank among, unless the library has their vectors; questions and answers. */
function textsToEmbed(
  documents: readonly AdaptationDocument[],
  questions: number,
  { sides }: TrainingSettings,
): number {
  const missing = documents.reduce(
    (sum, { chunks }) => sum + chunks.filter(({ vector }) => !vector || sides === 'both').length,
    0,
  );
  if (sides === 'both') return 2 * (Math.min(missing, maxCandidates) + 2 * questions);
  return Math.min(missing, maxPassages) + Math.min(missing, maxCandidates) + 3 * questions;
}

function estimateRun(
  gguf: GgufFile,
  config: LlamaConfig,
  run: {
    device: NativeDevice;
    threads: number;
    settings: TrainingSettings;
    tokensPerStep: number;
    precision: WeightPrecision;
  },
): typeof noEstimate {
  const { device, threads, settings, tokensPerStep, precision } = run;
  const { ebae, ebar } = settings.objective;
  const { passageTokens, queryTokens } = settings.limits;
  const columns = (settings.sides === 'both' ? passageTokens : queryTokens) + promptTokens;
  const memory = trainingMemory(gguf.tensors(), config, {
    rank: settings.rank,
    lanes: device.kind === 'cpu' ? threads : 1,
    withHead: ebae + ebar > 0,
    tokensPerStep: tokensPerStep / settings.accumulation,
    columns,
    precision,
  }).total;
  const tokensPerQuery = tokensPerStep / (settings.batchSize * settings.accumulation);
  const speed = (of: WeightPrecision) => operationsPerSecond({ kind: device.kind, threads }, of);
  const textsPerPair = settings.sides === 'both' ? 2 : 1;
  const pooledPerStep = textsPerPair * settings.batchSize * settings.accumulation * pooledPositions;
  return {
    memory,
    secondsPerStep: stepOperations(config, tokensPerStep, pooledPerStep, settings.rank) / speed(precision),
    secondsPerPassage:
      forwardOperations(config, passageTokens + promptTokens, pooledPositions) / speed('stored'),
    secondsPerQuery: forwardOperations(config, tokensPerQuery, pooledPositions) / speed('stored'),
    // Values, gradients and two moments.
    bytesPerWord: 4 * 4 * config.width,
    // The vector; as it is and transposed for the products with it, in training and in validation.
    bytesPerPassage: settings.sides === 'queries' ? 5 * 4 * config.width : 0,
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / (1 << 20));
}
