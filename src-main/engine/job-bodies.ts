/** What each kind of job does, in terms of the engine's parts. Parameters are plain data, so that a restart can repeat them. */

import type { AdaptationRequest } from '../contract/adaptation.ts';
import type { EvaluationRequest } from '../contract/evaluation.ts';
import type { Job } from '../contract/jobs.ts';
import type { ExtractionPool } from '../library/extraction/extraction-pool.ts';
import { adaptLibrary } from './adapting/adapt-library.ts';
import { withinSettings } from './adapting/within-settings.ts';
import type { EncoderPool } from './encoder-pool.ts';
import { runEvaluation } from './evaluation/run-evaluation.ts';
import type { EventHub } from './event-hub.ts';
import type { HomeDatabase } from './home-database.ts';
import { indexLibrary } from './indexing/index-library.ts';
import type { ReadSettings } from './indexing/read-pending-documents.ts';
import type { DownloadParams, IndexParams, SwitchParams } from './job-requests.ts';
import type { JobControl } from './jobs/job-control.ts';
import type { JobBodies } from './jobs/job-runner.ts';
import type { LibrarySet } from './library-set.ts';
import { downloadModel } from './models/download-model.ts';
import type { ModelRegistry } from './models/model-registry.ts';
import { buildVectorSet } from './switching/build-vector-set.ts';
import type { TrainingCurves } from './training-curves.ts';

export type JobParts = {
  database: HomeDatabase;
  encoders: EncoderPool;
  models: ModelRegistry;
  extraction: ExtractionPool;
  libraries: LibrarySet;
  events: EventHub;
  curves: TrainingCurves;
  /** Asks for the switch to an adapter. */
  adopt(library: string, modelId: string, adapterId: string | null): Job;
  readSettings(): ReadSettings;
  /** The index job of this library that waits for the running one to end, if there is one. */
  waitingIndexJob(library: string): string | undefined;
};

export function createJobBodies(engine: JobParts): JobBodies {
  return {
    index: async ({ library }: IndexParams, control: JobControl) => {
      const session = engine.libraries.get(library);
      return await indexLibrary(session, engine.readSettings(), control, waitingSince(engine, library));
    },
    switch: async ({ library, modelId, adapterId }: SwitchParams, control: JobControl) => {
      const session = engine.libraries.get(library);
      const encoder = await engine.encoders.get(modelId, session.vectors.adapterPath(adapterId));
      const set = await buildVectorSet(session, encoder, control);
      engine.events.publish({
        type: 'encoder',
        encoder: set.encoderName,
        encoderProblem: session.vectors.wordsOnlyReason,
      });
      return set;
    },
    download: async ({ modelId }: DownloadParams, control: JobControl) => {
      const source = engine.models.downloadSource(modelId);
      return { path: await downloadModel(source, engine.models.importedDirectory, control) };
    },
    adapt: async (request: AdaptationRequest, control: JobControl, job: Job) => {
      const session = engine.libraries.get(request.library);
      const allowed = withinSettings(request, engine.database.settings());
      const { adapter } = await adaptLibrary(session, engine.models, allowed, job.id, control, (point) => {
        engine.curves.add(job.id, point);
        engine.events.publish({ type: 'training', jobId: job.id, point });
      });
      // By rule, only an adapter that won is taken up; the person may still choose another.
      if (adapter.verdict === 'better') engine.adopt(session.name, adapter.encoder, adapter.id);
      return adapter;
    },
    evaluate: async (request: EvaluationRequest, control: JobControl) =>
      await runEvaluation(request, engine, control),
  };
}

/** Whether another index run has been asked for since the last time; the one that works already looks at the files for it. */
function waitingSince(engine: JobParts, library: string): () => boolean {
  let seen = engine.waitingIndexJob(library);
  return () => {
    const waiting = engine.waitingIndexJob(library);
    const isNew = waiting !== undefined && waiting !== seen;
    seen = waiting;
    return isNew;
  };
}
