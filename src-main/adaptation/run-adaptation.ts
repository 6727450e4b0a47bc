/**
 * The adaptation job from documents to verdict: prepare, train, evaluate on held-out documents. Run again with the same input and work directory, it goes
 * on from the last checkpoint. It touches no library and adopts nothing: that is the caller's decision on the verdict.
 */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../common/app-error.ts';
import type { AdaptationFigures, Adapter, TrainingPoint } from '../contract/adaptation.ts';
import type { JobProgress } from '../contract/jobs.ts';
import { fileId } from '../llara/file-id.ts';
import { trainAdapter } from '../llara/training/loop/train-adapter.ts';
import { TrainingSession } from '../llara/training/loop/training-session.ts';
import { defaultTrainingSettings, type TrainingSettings } from '../llara/training/loop/training-settings.ts';
import type { PassageBanks } from '../llara/training/losses/bank-loss.ts';
import type { WeightPrecision } from '../llara/training/state/training-model.ts';
import type { AdaptationInput } from './adaptation-input.ts';
import { evaluationMaterial, figuresOf } from './evaluation/answer-ranks.ts';
import { HeldOutEvaluation } from './evaluation/held-out-evaluation.ts';
import { judgeFigures } from './evaluation/verdict.ts';
import type { Report } from './evaluation/with-encoder.ts';
import { planTraining } from './plan-adaptation.ts';
import { buildPassageBanks } from './training/build-passage-banks.ts';
import { type LibraryKnowledge, learnLibrary } from './training/learn-library.ts';
import { type PreparedTraining, prepareTraining } from './training/prepare-training.ts';
import { TimeBudget } from './training/time-budget.ts';

export type AdaptationRun = AdaptationInput & {
  /** Of this run alone; holds its checkpoint and, at the end, the adapter. */
  workDirectory: string;
  /** Settings other than the defaults, for measuring what they are worth. */
  settings?: Partial<TrainingSettings>;
  onProgress?: (progress: JobProgress) => void;
  onPoint?: (point: TrainingPoint) => void;
  onLog?: (line: string) => void;
  signal?: AbortSignal;
};

export type AdaptationOutcome = {
  adapterPath: string;
  rank: number;
  trainedDocuments: number;
  trainedSeconds: number;
  tokensPerSecond: number;
  figures: AdaptationFigures;
  verdict: Adapter['verdict'];
  /** The verdict for a person. */
  sentence: string;
};

/** Throws `bad-request` with the plan's refusal, `signal.reason` when aborted (a checkpoint is kept). */
export async function runAdaptation(run: AdaptationRun): Promise<AdaptationOutcome> {
  const { plan, precision } = await planTraining(run);
  if (plan.refusal) throw new AppError('bad-request', plan.refusal);
  const budget = new TimeBudget(run.request.budgetSeconds);
  await mkdir(run.workDirectory, { recursive: true });
  const report: Report = (phase, done, total, unit) =>
    run.onProgress?.({ phase, done, total, unit, etaSeconds: null });

  report('preparing', 0, run.documents.length, 'documents');
  const settings: TrainingSettings = { ...defaultTrainingSettings, ...run.settings };
  if (run.request.rank) Object.assign(settings, { rank: run.request.rank, alpha: 2 * run.request.rank });
  const prepared = await prepareTraining(run, { negatives: settings.negatives, signal: run.signal });
  run.onLog?.(
    `${prepared.examples.length} pairs from ${prepared.trainingDocuments.length} documents; ${prepared.heldOut.length} documents set aside for the test.`,
  );
  const banks = settings.sides === 'queries' ? await buildPassageBanks(run, prepared, report) : undefined;
  const modelId = await fileId(run.modelPath, run.signal);
  const fingerprint = fingerprintOf(modelId, settings, prepared, run.request.seed);
  const library = banks
    ? await learnLibrary({ ...run, prepared, bank: banks.training, fingerprint, budget }, report)
    : undefined;
  const trained = await train(
    run,
    { modelId, settings, prepared, banks, library, fingerprint, precision, budget },
    report,
  );
  const material = evaluationMaterial(run.documents, prepared.heldOut, run.request.seed);
  const evaluation = new HeldOutEvaluation(run, material, report);
  const before = await evaluation.ranksBefore(modelId);
  const after = await evaluation.ranks(trained.adapterPath);
  const figures = figuresOf(before, after, material.questions, run.request.seed);
  const judged = judgeFigures(figures);
  run.onLog?.(judged.sentence);
  const { adapterPath, trainedSeconds, tokensPerSecond } = trained;
  return {
    adapterPath,
    trainedSeconds,
    tokensPerSecond,
    rank: settings.rank,
    trainedDocuments: prepared.trainingDocuments.length,
    figures,
    ...judged,
  };
}

const weightsInWords: Readonly<Record<WeightPrecision, string>> = {
  half: 'with half-precision copies of the weights',
  stored: 'with the weights as stored, since copies of them would take too much memory or time',
};

async function train(
  run: AdaptationRun,
  stage: {
    modelId: string;
    settings: TrainingSettings;
    prepared: PreparedTraining;
    banks: PassageBanks | undefined;
    library: LibraryKnowledge | undefined;
    budget: TimeBudget;
    fingerprint: string;
    precision: WeightPrecision;
  },
  report: Report,
) {
  const { request, signal } = run;
  const { modelId, settings, prepared, banks, library, fingerprint, precision, budget } = stage;
  const { rank, alpha, objective } = settings;
  const session = await TrainingSession.create(
    {
      modelPath: run.modelPath,
      modelId,
      rank,
      alpha,
      seed: request.seed,
      withHead: objective.ebae > 0 || objective.ebar > 0,
      precision,
      device: request.device,
      threads: request.threads,
    },
    signal,
  );
  try {
    run.onLog?.(`Training on ${session.deviceName}, ${weightsInWords[precision]}.`);
    for (const remark of session.remarks) run.onLog?.(remark);
    const outcome = await trainAdapter(session.model, {
      examples: prepared.examples,
      validation: prepared.validation,
      settings,
      banks,
      text: session.text,
      support: session.support,
      seed: request.seed,
      budgetSeconds: budget.secondsForTraining(),
      checkpointPath: join(run.workDirectory, 'training.checkpoint'),
      fingerprint,
      // Searches are answered on this thread: let them in before every slice.
      beforeSlice: () => setImmediate(),
      onPoint: (point) => {
        report('training', point.step, point.totalSteps, 'steps');
        run.onPoint?.(point);
      },
      signal,
    });
    const adapterPath = join(run.workDirectory, 'adapter.gguf');
    await session.saveAdapter(adapterPath, {
      name: 'Adapted to a library',
      queriesOnly: banks !== undefined,
      share: settings.keptShare,
      words: library && { table: library.words, share: settings.keptShareOfWords },
      neighbourWeight: library?.neighbourWeight,
    });
    run.onLog?.(
      `${outcome.steps} steps, ${Math.round(outcome.tokensPerSecond)} tokens/s, ${Math.round(outcome.peakActivationBytes / (1 << 20))} MB of activations.`,
    );
    return {
      adapterPath,
      trainedSeconds: outcome.trainedSeconds,
      tokensPerSecond: outcome.tokensPerSecond,
    };
  } finally {
    await session.dispose();
  }
}

function fingerprintOf(
  modelId: string,
  settings: TrainingSettings,
  prepared: PreparedTraining,
  seed: number,
): string {
  const hash = createHash('sha256').update(JSON.stringify([modelId, settings, seed]));
  for (const { query, positive, negative } of prepared.examples)
    hash.update(`${query}\0${positive}\0${negative}\0`);
  return hash.digest('hex');
}
