/**
 * Measures retrieval on a test collection through the product's own indexing and search path, in a library of its own
 * that is thrown away afterwards. Queries and judgements are only ever read for measuring.
 */

import { randomUUID } from 'node:crypto';
import { AppError } from '../../common/app-error.ts';
import type { EvaluationRequest, EvaluationResult, EvaluationRows } from '../../contract/evaluation.ts';
import type { Settings } from '../../contract/settings.ts';
import type { ExtractionPool } from '../../library/extraction/extraction-pool.ts';
import { describeModel } from '../../llara/describe-model.ts';
import { rankingSettings } from '../../search/ranking/ranking-settings.ts';
import { adaptLibrary } from '../adapting/adapt-library.ts';
import type { EncoderPool } from '../encoder-pool.ts';
import type { ReadSettings } from '../indexing/read-pending-documents.ts';
import type { JobControl } from '../jobs/job-control.ts';
import { LibrarySession } from '../library-session.ts';
import type { ModelRegistry } from '../models/model-registry.ts';
import type { LanguageFiles } from '../recognition/language-files.ts';
import { buildVectorSet } from '../switching/build-vector-set.ts';
import { openBeirCollection } from './beir-measurement.ts';
import { MeasuredReranker } from './measured-reranker.ts';
import { openQuestionFolder } from './question-measurement.ts';
import { inThrowawayDirectory } from './throwaway-directory.ts';

export type EvaluationDependencies = {
  models: ModelRegistry;
  encoders: EncoderPool;
  extraction: ExtractionPool;
  languageFiles: LanguageFiles;
  readSettings(): ReadSettings;
  computing(): Pick<Settings, 'device' | 'threads'>;
};

const defaultBudgetSeconds = 600;

/** Throws what opening the collection and the choice of the encoder throw. */
export async function runEvaluation(
  request: EvaluationRequest,
  dependencies: EvaluationDependencies,
  control: JobControl,
): Promise<EvaluationResult> {
  const { model } = request;
  if (model === undefined) return await measureCollection(request, dependencies, control);
  const { kind } = await describeModel(model);
  if (kind === 'reranker')
    throw new AppError(
      'model-invalid',
      `${model} is a reranker and makes no vectors: give it by --reranker.`,
    );
  const models = dependencies.models.withDefault(model);
  const encoders = dependencies.encoders.over(models);
  try {
    const { extraction, languageFiles } = dependencies;
    const readSettings = () => dependencies.readSettings();
    const computing = () => dependencies.computing();
    return await measureCollection(
      request,
      { models, encoders, extraction, languageFiles, readSettings, computing },
      control,
    );
  } finally {
    await encoders.close();
  }
}

async function measureCollection(
  request: EvaluationRequest,
  dependencies: EvaluationDependencies,
  control: JobControl,
): Promise<EvaluationResult> {
  const reranker =
    request.reranker === undefined
      ? null
      : await MeasuredReranker.open(request.reranker, dependencies.computing());
  try {
    return await measureWith(reranker, request, dependencies, control);
  } finally {
    await reranker?.dispose();
  }
}

async function measureWith(
  reranker: MeasuredReranker | null,
  request: EvaluationRequest,
  dependencies: EvaluationDependencies,
  control: JobControl,
): Promise<EvaluationResult> {
  const { directory } = request;
  const collection =
    (await openQuestionFolder(directory, dependencies.readSettings(), dependencies.languageFiles)) ??
    (await openBeirCollection(directory));
  return await withThrowawayLibrary(dependencies, reranker, request.mode === 'lexical', async (session) => {
    if (request.mode !== 'lexical' && !session.vectors.encoder) {
      const reason = dependencies.encoders.problem() ?? 'No encoder is installed.';
      throw new AppError('model-missing', `${request.mode} search cannot be measured. ${reason}`);
    }
    const startedAtMs = performance.now();
    await collection.index(session, control);
    const indexSeconds = (performance.now() - startedAtMs) / 1000;
    const measured = async () => {
      const rows = await collection.measure(session, request, indexSeconds, control);
      return reranker ? reranker.named(rows) : rows;
    };
    return request.adapt
      ? await adaptAndMeasure(session, request, measured, dependencies, control)
      : await measured();
  });
}

/**
 * Adapts on the collection's documents alone, then measures again with the adapter in use, whether or not the
 * held-out evaluation would have adopted it: `adopted` says what the product would have done.
 */
async function adaptAndMeasure(
  session: LibrarySession,
  request: EvaluationRequest,
  measured: () => Promise<EvaluationRows>,
  { models, encoders }: EvaluationDependencies,
  control: JobControl,
): Promise<EvaluationResult> {
  const before = await measured();
  const { budgetSeconds = defaultBudgetSeconds, seed, method } = request;
  const settings = { budgetSeconds, seed, method };
  const startedAtMs = performance.now();
  const { adapter, tokensPerSecond } = await adaptLibrary(
    session,
    models,
    settings,
    randomUUID(),
    control,
    () => {},
  );
  const adaptSeconds = (performance.now() - startedAtMs) / 1000;
  const encoder = await encoders.get(adapter.encoder, session.vectors.adapterPath(adapter.id));
  await buildVectorSet(session, encoder, control);
  const after = await measured();
  const { neighbourWeight = rankingSettings.neighbours } = session.vectors;
  await encoders.unload(adapter.encoder, session.vectors.adapterPath(adapter.id));
  return {
    before,
    after,
    adapt_seconds: adaptSeconds,
    tokens_per_second: tokensPerSecond,
    adopted: adapter.verdict === 'better',
    sentence: adapter.sentence,
    method: adapter.method,
    stages: adapter.stages,
    neighbour_weight: neighbourWeight,
  };
}

async function withThrowawayLibrary<Result>(
  { encoders, extraction }: Pick<EvaluationDependencies, 'encoders' | 'extraction'>,
  reranker: MeasuredReranker | null,
  wordsOnly: boolean,
  work: (session: LibrarySession) => Promise<Result>,
): Promise<Result> {
  return await inThrowawayDirectory(async (directory) => {
    const session = await LibrarySession.open({
      name: 'evaluation',
      directory,
      encoders: wordsOnly ? encoders.withoutDefault() : encoders,
      extraction,
      ...(reranker ? { reranker } : {}),
      onChange: () => {},
    });
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  });
}
