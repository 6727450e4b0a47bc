/**
 * The adaptation job from documents to verdict: prepare, train, evaluate on held-out documents. Run again with the same input and work directory, it goes
 * on from the last checkpoint. It touches no library and adopts nothing: that is the caller's decision on the verdict.
 */
import { mkdir } from 'node:fs/promises';
import { AppError } from '../common/app-error.ts';
import type {
  AdaptationFigures,
  Adapter,
  ChosenMethod,
  StageFigures,
  TrainingPoint,
} from '../contract/adaptation.ts';
import type { JobProgress } from '../contract/jobs.ts';
import { fileId } from '../llara/file-id.ts';
import type { AdaptationInput } from './adaptation-input.ts';
import { type AnswerRanks, evaluationMaterial } from './evaluation/answer-ranks.ts';
import { aboutPassages, figuresOf } from './evaluation/evaluation-figures.ts';
import { HeldOutEvaluation } from './evaluation/held-out-evaluation.ts';
import { judgeFigures } from './evaluation/verdict.ts';
import type { Report } from './evaluation/with-encoder.ts';
import { planTraining } from './plan-adaptation.ts';
import { buildPassageBanks } from './training/build-passage-banks.ts';
import { fingerprintOf } from './training/fingerprint.ts';
import { learnLibrary } from './training/learn-library.ts';
import { prepareTraining } from './training/prepare-training.ts';
import { isForQueries } from './training/stages.ts';
import { TimeBudget } from './training/time-budget.ts';
import { type TrainedStage, trainStages } from './training/train-stages.ts';

export type AdaptationRun = AdaptationInput & {
  /** Of this run alone; holds its checkpoint and, at the end, the adapter. */
  workDirectory: string;
  onProgress?: (progress: JobProgress) => void;
  onPoint?: (point: TrainingPoint) => void;
  onLog?: (line: string) => void;
  signal?: AbortSignal;
};

export type AdaptationOutcome = {
  adapterPath: string;
  rank: number;
  method: ChosenMethod;
  trainedDocuments: number;
  trainedSeconds: number;
  tokensPerSecond: number;
  figures: AdaptationFigures;
  /** One for each stage of the method. */
  stages: StageFigures[];
  verdict: Adapter['verdict'];
  /** The verdict for a person. */
  sentence: string;
};

/** Throws `bad-request` with the plan's refusal, `signal.reason` when aborted (a checkpoint is kept). */
export async function runAdaptation(run: AdaptationRun): Promise<AdaptationOutcome> {
  const { plan, stages, precision, evaluation: limits } = await planTraining(run);
  if (plan.refusal) throw new AppError('bad-request', plan.refusal);
  const budget = new TimeBudget(run.request.budgetSeconds);
  await mkdir(run.workDirectory, { recursive: true });
  const report: Report = (phase, done, total, unit) =>
    run.onProgress?.({ phase, done, total, unit, etaSeconds: null });

  report('preparing', 0, run.documents.length, 'documents');
  const [{ settings }] = stages;
  const prepared = await prepareTraining(run, { negatives: settings.negatives, signal: run.signal });
  run.onLog?.(
    `${prepared.examples.length} pairs from ${prepared.trainingDocuments.length} documents; ${prepared.heldOut.length} documents set aside for the test.`,
  );
  const banks = isForQueries(stages) ? await buildPassageBanks(run, prepared, report) : undefined;
  const modelId = await fileId(run.modelPath, run.signal);
  const fingerprint = fingerprintOf([modelId, settings, run.request.seed], prepared.examples);
  const library = banks
    ? await learnLibrary({ ...run, prepared, bank: banks.training, fingerprint, budget }, report)
    : undefined;
  const trained = await trainStages(
    run,
    { modelId, stages, prepared, banks, library, precision, budget },
    report,
  );
  const material = evaluationMaterial(run.documents, prepared.heldOut, run.request.seed, limits);
  const evaluation = new HeldOutEvaluation(run, material, report);
  const before = await evaluation.ranksBefore(modelId);
  const ranks: AnswerRanks[] = [];
  for (const { adapterPath } of trained) ranks.push(await evaluation.ranks(adapterPath));
  const after = ranks.at(-1) as AnswerRanks;
  const { seed } = run.request;
  const titles = new Map(prepared.heldOut.map(({ documentId, title }) => [documentId, title]));
  const figures = figuresOf(before, after, material.questions, { seed, titles });
  const judged = judgeFigures(figures);
  run.onLog?.(judged.sentence);
  const sum = (of: (stage: TrainedStage) => number) => trained.reduce((total, stage) => total + of(stage), 0);
  const trainedSeconds = sum((stage) => stage.trainedSeconds);
  return {
    adapterPath: (trained.at(-1) as TrainedStage).adapterPath,
    trainedSeconds,
    tokensPerSecond: sum((stage) => stage.trainedTokens) / Math.max(trainedSeconds, 1e-9),
    rank: settings.rank,
    method: plan.method,
    trainedDocuments: prepared.trainingDocuments.length,
    figures,
    stages: trained.map(({ stage, steps, trainedSeconds: seconds }, index) => ({
      stage,
      steps,
      trainedSeconds: seconds,
      ...aboutPassages(ranks[index] as AnswerRanks, material.questions),
    })),
    ...judged,
  };
}
