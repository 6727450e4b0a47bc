/**
 * Trains the stages of a run one after the other on the same pairs of LoRA, each from where the last one ended, and writes an adapter after each. A
 * killed run goes on in the stage that it was in: those before it have ended in their checkpoints.
 */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { StageName, TrainingPoint } from '../../contract/adaptation.ts';
import { trainAdapter } from '../../llara/training/loop/train-adapter.ts';
import { TrainingSession } from '../../llara/training/loop/training-session.ts';
import type { PassageBanks } from '../../llara/training/losses/bank-loss.ts';
import type { WeightPrecision } from '../../llara/training/state/training-model.ts';
import type { EncoderRun, Report } from '../evaluation/with-encoder.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { LibraryKnowledge } from './learn-library.ts';
import type { PreparedTraining } from './prepare-training.ts';
import { readingExamples } from './reading-examples.ts';
import { isForQueries, needsHead, type Stage } from './stages.ts';
import type { TimeBudget } from './time-budget.ts';

export type StagesRun = EncoderRun & {
  workDirectory: string;
  onPoint?: (point: TrainingPoint) => void;
  onLog?: (line: string) => void;
};

export type StagesInput = {
  modelId: string;
  stages: readonly [Stage, ...Stage[]];
  prepared: PreparedTraining;
  /** Where queries alone are trained. */
  banks: PassageBanks | undefined;
  library: LibraryKnowledge | undefined;
  budget: TimeBudget;
  precision: WeightPrecision;
};

export type TrainedStage = {
  stage: StageName;
  /** With what was learnt until the end of the stage. */
  adapterPath: string;
  steps: number;
  trainedSeconds: number;
  trainedTokens: number;
};

const weightsInWords: Readonly<Record<WeightPrecision, string>> = {
  half: 'with half-precision copies of the weights',
  stored: 'with the weights as stored, since copies of them would take too much memory or time',
};

const phaseOf = { llara: 'summarising', contrastive: 'training' } as const satisfies Record<
  StageName,
  Parameters<Report>[0]
>;

export async function trainStages(
  run: StagesRun,
  input: StagesInput,
  report: Report,
): Promise<[TrainedStage, ...TrainedStage[]]> {
  const { request, signal } = run;
  const { modelId, stages, prepared, banks, library, precision, budget } = input;
  const [{ settings: first }] = stages;
  const session = await TrainingSession.create(
    {
      modelPath: run.modelPath,
      modelId,
      rank: first.rank,
      alpha: first.alpha,
      seed: request.seed,
      withHead: stages.some(needsHead),
      precision,
      device: request.device,
      threads: request.threads,
    },
    signal,
  );
  try {
    run.onLog?.(`Training on ${session.deviceName}, ${weightsInWords[precision]}.`);
    for (const remark of session.remarks) run.onLog?.(remark);
    const trained: TrainedStage[] = [];
    let fingerprint = modelId;
    for (const { name, settings, share } of stages) {
      const examples =
        name === 'llara' ? readingExamples(prepared.trainingDocuments, request.seed) : prepared.examples;
      // Of the stages before it, too: they lead to where it starts.
      fingerprint = fingerprintOf([fingerprint, settings, request.seed], examples);
      const stepsBefore = trained.reduce((sum, { steps }) => sum + steps, 0);
      const outcome = await trainAdapter(session.model, {
        examples,
        validation: prepared.validation,
        settings,
        banks,
        text: session.text,
        support: session.support,
        seed: request.seed,
        budgetSeconds: isForQueries(stages) ? budget.secondsForTraining() : budget.secondsForStage(share),
        checkpointPath: join(run.workDirectory, `${name}.checkpoint`),
        fingerprint,
        // Searches are answered on this thread: let them in before every slice.
        beforeSlice: () => setImmediate(),
        onPoint: (point) => {
          report(phaseOf[name], point.step, point.totalSteps, 'steps');
          const { step, totalSteps } = point;
          run.onPoint?.({ ...point, step: stepsBefore + step, totalSteps: stepsBefore + totalSteps });
        },
        signal,
      });
      const { steps, trainedSeconds, trainedTokens, tokensPerSecond, peakActivationBytes } = outcome;
      const adapterPath = join(run.workDirectory, `${name}.gguf`);
      await session.saveAdapter(adapterPath, {
        name: 'Adapted to a library',
        queriesOnly: banks !== undefined,
        share: settings.keptShare,
        words: library && { table: library.words, share: settings.keptShareOfWords },
        neighbourWeight: library?.neighbourWeight,
      });
      run.onLog?.(
        `${name}: ${steps} steps, ${Math.round(tokensPerSecond)} tokens/s, ${Math.round(peakActivationBytes / (1 << 20))} MB of activations${inWords(outcome)}.`,
      );
      trained.push({ stage: name, adapterPath, steps, trainedSeconds, trainedTokens });
    }
    return trained as [TrainedStage, ...TrainedStage[]];
  } finally {
    await session.dispose();
  }
}

function inWords({
  validationBefore,
  validationAfter,
}: {
  validationBefore: number | null;
  validationAfter: number | null;
}): string {
  if (validationBefore === null || validationAfter === null) return '';
  return `, validation loss ${validationBefore.toFixed(3)} → ${validationAfter.toFixed(3)}`;
}
