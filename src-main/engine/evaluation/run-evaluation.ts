/**
 * Measures retrieval on a test collection through the product's own indexing and search path, in a library of its own
 * that is thrown away afterwards. Queries and judgements are only ever read for measuring.
 */

import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '../../common/app-error.ts';
import type {
  EvaluationRequest,
  EvaluationResult,
  EvaluationRow,
  EvaluationRows,
} from '../../contract/evaluation.ts';
import { type SearchMode, searchModeSchema } from '../../contract/search.ts';
import type { ExtractedDocument } from '../../library/extraction/extracted-document.ts';
import type { ExtractionPool } from '../../library/extraction/extraction-pool.ts';
import { describeModel } from '../../llara/describe-model.ts';
import type { BeirCollection } from '../../search/evaluation/beir-collection.ts';
import { loadBeirCollection } from '../../search/evaluation/beir-collection.ts';
import { corpusToDocuments } from '../../search/evaluation/corpus-to-documents.ts';
import { evaluateQueries } from '../../search/evaluation/evaluate-queries.ts';
import { adaptLibrary } from '../adapting/adapt-library.ts';
import type { EncoderPool } from '../encoder-pool.ts';
import { documentRows } from '../indexing/document-rows.ts';
import { embedPassages } from '../indexing/embed-passages.ts';
import type { JobControl } from '../jobs/job-control.ts';
import { LibrarySession } from '../library-session.ts';
import type { ModelRegistry } from '../models/model-registry.ts';
import { buildVectorSet } from '../switching/build-vector-set.ts';
import { inThrowawayDirectory } from './throwaway-directory.ts';

const documentsPerCommit = 500;

export type EvaluationDependencies = {
  models: ModelRegistry;
  encoders: EncoderPool;
  extraction: ExtractionPool;
};

const defaultBudgetSeconds = 600;

/** Throws what `loadBeirCollection` and the choice of the encoder throw. */
export async function runEvaluation(
  request: EvaluationRequest,
  dependencies: EvaluationDependencies,
  control: JobControl,
): Promise<EvaluationResult> {
  const { model } = request;
  if (model === undefined) return await measureCollection(request, dependencies, control);
  await describeModel(model);
  const models = dependencies.models.withDefault(model);
  const encoders = dependencies.encoders.over(models);
  try {
    return await measureCollection(request, { ...dependencies, models, encoders }, control);
  } finally {
    await encoders.close();
  }
}

async function measureCollection(
  request: EvaluationRequest,
  dependencies: EvaluationDependencies,
  control: JobControl,
): Promise<EvaluationResult> {
  const collection = await loadBeirCollection(request.directory);
  return await withThrowawayLibrary(dependencies, request.mode === 'lexical', async (session) => {
    if (request.mode !== 'lexical' && !session.vectors.encoder) {
      const reason = dependencies.encoders.problem() ?? 'No encoder is installed.';
      throw new AppError('model-missing', `${request.mode} search cannot be measured. ${reason}`);
    }
    const startedAtMs = performance.now();
    await indexCollection(session, collection, control);
    const indexSeconds = (performance.now() - startedAtMs) / 1000;
    const measured = () => measure(session, collection, request, indexSeconds, control);
    return request.adapt
      ? await adaptAndMeasure(session, request, measured, dependencies, control)
      : await measured();
  });
}

/**
 * Adapts on the collection's documents alone, then measures again with the adapter in use, whether or not the
 * held-out proof would have adopted it: `adopted` says what the product would have done.
 */
async function adaptAndMeasure(
  session: LibrarySession,
  request: EvaluationRequest,
  measured: () => Promise<EvaluationRows>,
  { models, encoders }: EvaluationDependencies,
  control: JobControl,
): Promise<EvaluationResult> {
  const before = await measured();
  const settings = { budgetSeconds: request.budgetSeconds ?? defaultBudgetSeconds, seed: request.seed };
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
  const { neighbourWeight } = encoder;
  await encoders.unload(adapter.encoder, session.vectors.adapterPath(adapter.id));
  return {
    before,
    after,
    adapt_seconds: adaptSeconds,
    tokens_per_second: tokensPerSecond,
    adopted: adapter.verdict === 'better',
    sentence: adapter.sentence,
    neighbour_weight: neighbourWeight,
  };
}

/** Indexes the corpus of `collection` into `session` by the path that files take after extraction. */
async function indexCollection(
  session: LibrarySession,
  collection: BeirCollection,
  control: JobControl,
): Promise<void> {
  const folderId = session.folders.add(collection.directory, []);
  const corpus = corpusToDocuments(collection);
  for (let first = 0; first < corpus.length; first += documentsPerCommit) {
    control.report('indexing', first, corpus.length, 'documents');
    await control.checkpoint();
    const batch = corpus.slice(first, first + documentsPerCommit);
    await session.vectors.store.replacePassages(enterDocuments(session, folderId, batch));
  }
  const { active: set, encoder } = session.vectors;
  if (encoder) await embedPassages(session, { set, encoder }, control);
  await set.maintain({ force: true });
}

async function measure(
  session: LibrarySession,
  collection: BeirCollection,
  request: EvaluationRequest,
  indexSeconds: number,
  control: JobControl,
): Promise<EvaluationRows> {
  const { mode, k } = request;
  if (mode !== 'all') return await measureMode(session, collection, { mode, k }, indexSeconds, control);
  const rows: EvaluationRow[] = [];
  for (const each of searchModeSchema.options) {
    rows.push(await measureMode(session, collection, { mode: each, k }, indexSeconds, control));
  }
  return rows;
}

async function measureMode(
  session: LibrarySession,
  collection: BeirCollection,
  { mode, k }: { mode: SearchMode; k: number },
  indexSeconds: number,
  control: JobControl,
): Promise<EvaluationRow> {
  const figures = await evaluateQueries(collection, {
    mode,
    k,
    search: (searchRequest) => session.search(searchRequest, control.signal),
    onProgress: (done, total) => control.report('searching', done, total, 'queries'),
    signal: control.signal,
  });
  return {
    collection: collection.name,
    mode,
    encoder: mode === 'lexical' ? null : (session.vectors.encoder?.name ?? null),
    adapter: mode === 'lexical' ? null : (session.vectors.encoder?.adapterId ?? null),
    documents: collection.corpus.length,
    ...figures,
    index_seconds: indexSeconds,
  };
}

async function withThrowawayLibrary<Result>(
  { encoders, extraction }: Pick<EvaluationDependencies, 'encoders' | 'extraction'>,
  wordsOnly: boolean,
  work: (session: LibrarySession) => Promise<Result>,
): Promise<Result> {
  return await inThrowawayDirectory(async (directory) => {
    const session = await LibrarySession.open({
      name: 'evaluation',
      directory,
      encoders: wordsOnly ? encoders.withoutDefault() : encoders,
      extraction,
      onChange: () => {},
    });
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  });
}

/** The document's id in the collection becomes its path, by which the judgements find it again. */
function enterDocuments(
  session: LibrarySession,
  folderId: string,
  batch: readonly { id: string; document: ExtractedDocument }[],
): { documentId: string; rows: ReturnType<typeof documentRows> }[] {
  const entered: { documentId: string; rows: ReturnType<typeof documentRows> }[] = [];
  session.documents.transaction(() => {
    for (const { id, document } of batch) {
      const file = { path: id, relativePath: id, sizeBytes: document.text.length, modifiedAt: 0 };
      const documentId = session.documents.addPending(folderId, file, fixedId(id));
      const source = { id: documentId, path: id, modifiedAt: 0, contentHash: id };
      const rows = documentRows(source, document, session.vectors.countTokens);
      entered.push({ documentId, rows });
      session.documents.finish(documentId, {
        state: rows.length > 0 ? 'indexed' : 'empty',
        reason: null,
        title: document.title,
        kind: document.kind,
        pageCount: null,
        chunkCount: rows.length,
        contentHash: id,
      });
    }
  });
  return entered;
}

/** The same whenever the collection is measured, since an adaptation draws its questions and its documents by their ids. */
function fixedId(corpusId: string): string {
  return createHash('sha256').update(corpusId).digest('hex').slice(0, 32);
}
