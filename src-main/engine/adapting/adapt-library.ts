/**
 * The adaptation job: train on the library's documents, keep the adapter with its figures, and ask for the switch to it
 * only if it won. A killed or paused run goes on from its last checkpoint.
 */
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { planAdaptation } from '../../adaptation/plan-adaptation.ts';
import { type AdaptationOutcome, runAdaptation } from '../../adaptation/run-adaptation.ts';
import { AppError } from '../../common/app-error.ts';
import type { AdaptationPlan, AdaptationRequest, TrainingPoint } from '../../contract/adaptation.ts';
import type { StoredAdapter } from '../../library/manifest/adapter-table.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import type { ModelRegistry } from '../models/model-registry.ts';
import { libraryDocuments } from './library-documents.ts';

export type AdaptationSettings = Pick<
  AdaptationRequest,
  'budgetSeconds' | 'rank' | 'device' | 'threads' | 'seed'
> &
  Partial<Pick<AdaptationRequest, 'method'>>;

export async function planLibraryAdaptation(
  session: LibrarySession,
  models: ModelRegistry,
  request: AdaptationSettings,
): Promise<AdaptationPlan> {
  return await planAdaptation(await adaptationInput(session, models, request));
}

/** `adapterId` names the adapter and the checkpoint; the same one resumes. */
export async function adaptLibrary(
  session: LibrarySession,
  models: ModelRegistry,
  request: AdaptationSettings,
  adapterId: string,
  control: JobControl,
  onPoint: (point: TrainingPoint) => void,
): Promise<{ adapter: StoredAdapter; tokensPerSecond: number }> {
  const encoder = baseEncoder(session);
  const finished = session.adapters.find(adapterId);
  if (finished) return { adapter: finished, tokensPerSecond: 0 };
  const workDirectory = join(session.directory, 'adapting', adapterId);
  await mkdir(workDirectory, { recursive: true });
  const outcome = await trainUntilDone(session, models, request, workDirectory, control, onPoint).catch(
    async (error: unknown) => {
      if (isCancelled(control)) await rm(workDirectory, { recursive: true, force: true });
      throw error;
    },
  );
  const adapterPath = session.vectors.adapterPath(adapterId) as string;
  await mkdir(dirname(adapterPath), { recursive: true });
  await rename(outcome.adapterPath, adapterPath);
  const adapter: StoredAdapter = {
    id: adapterId,
    library: session.name,
    createdAt: Date.now(),
    encoder,
    rank: outcome.rank,
    method: outcome.method,
    trainedDocuments: outcome.trainedDocuments,
    trainedSeconds: outcome.trainedSeconds,
    figures: outcome.figures,
    stages: outcome.stages,
    verdict: outcome.verdict,
    sentence: outcome.sentence,
  };
  session.adapters.add(adapter);
  await rm(workDirectory, { recursive: true, force: true });
  return { adapter, tokensPerSecond: outcome.tokensPerSecond };
}

/** A pause stops the training at a checkpoint; resuming starts it again from there. */
async function trainUntilDone(
  session: LibrarySession,
  models: ModelRegistry,
  request: AdaptationSettings,
  workDirectory: string,
  control: JobControl,
  onPoint: (point: TrainingPoint) => void,
): Promise<AdaptationOutcome> {
  for (;;) {
    await control.checkpoint();
    const pause = new AbortController();
    const stopListening = control.onPause(() => pause.abort(new AppError('cancelled', 'Paused.')));
    try {
      return await runAdaptation({
        ...(await adaptationInput(session, models, request)),
        workDirectory,
        onProgress: ({ phase, done, total, unit }) => control.report(phase, done, total, unit),
        onPoint,
        onLog: (line) => control.log(line),
        signal: AbortSignal.any([control.signal, pause.signal]),
      });
    } catch (error) {
      if (!pause.signal.aborted || control.signal.aborted) throw error;
    } finally {
      stopListening();
    }
  }
}

async function adaptationInput(session: LibrarySession, models: ModelRegistry, request: AdaptationSettings) {
  const model = await models.find(baseEncoder(session));
  const feedback = session.memory
    .feedback()
    .filter(({ verdict }) => verdict !== 'not-helpful')
    .map(({ query, documentId, passage }) => ({ query, documentId, text: passage }));
  return { documents: await libraryDocuments(session), modelPath: model.path, request, feedback };
}

/** Adapters are always trained on the bare encoder, whichever adapter is in use. */
function baseEncoder(session: LibrarySession): string {
  const set = session.vectors.sets.active();
  if (!set || set.dimension === 0) {
    throw new AppError(
      'model-missing',
      'This library has no vectors yet; adaptation starts from an encoder in use.',
    );
  }
  return set.encoder;
}

const isCancelled = (control: JobControl): boolean =>
  control.signal.reason instanceof AppError && control.signal.reason.code === 'cancelled';
