/** A collection in BEIR layout, indexed by the path that files take after extraction. */
import type { EvaluationRequest, EvaluationRow, EvaluationRows } from '../../contract/evaluation.ts';
import { type SearchMode, searchModeSchema } from '../../contract/search.ts';
import type { ExtractedDocument } from '../../library/extraction/extracted-document.ts';
import { vocabularyWords } from '../../library/manifest/vocabulary.ts';
import { passagesOf } from '../../library/passages/cut-document.ts';
import { type BeirCollection, loadBeirCollection } from '../../search/evaluation/beir-collection.ts';
import { corpusToDocuments } from '../../search/evaluation/corpus-to-documents.ts';
import { evaluateQueries } from '../../search/evaluation/evaluate-queries.ts';
import { documentRows } from '../indexing/document-rows.ts';
import { embedPassages } from '../indexing/embed-passages.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import { learnWordMeanings } from '../meanings/learn-word-meanings.ts';
import { fixedDocumentId } from './fixed-document-id.ts';
import type { MeasuredCollection } from './measured-collection.ts';

const documentsPerCommit = 500;

/** Throws what `loadBeirCollection` throws. */
export async function openBeirCollection(directory: string): Promise<MeasuredCollection> {
  const collection = await loadBeirCollection(directory);
  return {
    index: (session, control) => indexCorpus(session, collection, control),
    measure: (session, request, indexSeconds, control) =>
      measure(session, collection, request, indexSeconds, control),
  };
}

async function indexCorpus(
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
  await session.vectors.fitEncoder();
  const { active: set, encoder } = session.vectors;
  if (encoder) await embedPassages(session, { set, encoder }, control);
  await set.maintain({ force: true });
  if (encoder) await learnWordMeanings(session, set, encoder, control);
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
    encoder: mode === 'lexical' ? null : (session.vectors.encoder?.info.name ?? null),
    adapter: mode === 'lexical' ? null : (session.vectors.encoder?.info.adapterId ?? null),
    documents: collection.corpus.length,
    ...figures,
    index_seconds: indexSeconds,
  };
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
      const documentId = session.documents.addPending(folderId, file, fixedDocumentId(id));
      const source = { id: documentId, path: id, modifiedAt: 0, contentHash: id };
      const rows = documentRows(source, document, passagesOf(document, session.vectors.tokens.count));
      entered.push({ documentId, rows });
      session.vocabulary.add(vocabularyWords(rows.map(({ text }) => text)));
      session.documents.finish(documentId, {
        state: rows.length > 0 ? 'indexed' : 'empty',
        reason: null,
        title: document.title,
        kind: document.kind,
        pageCount: null,
        chunkCount: rows.length,
        contentHash: id,
        reader: null,
      });
    }
  });
  return entered;
}
