/**
 * Reads pending documents and writes their passages, findable by their words from then on: extraction runs ahead in worker threads while
 * what was read is cut up and written. The passages are written first and the manifest after them, so that a kill in between
 * only means that a document is read again.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { ExtractedDocument, ExtractionOutcome } from '../../library/extraction/extracted-document.ts';
import type { Extraction } from '../../library/extraction/extraction-pool.ts';
import { hashFile } from '../../library/extraction/hash-file.ts';
import type {
  AttachmentResult,
  DocumentResult,
  ManifestDocument,
} from '../../library/manifest/document-table.ts';
import { insideMark } from '../../library/manifest/inside-path.ts';
import { kindOfReader, unopenedStamp } from '../../library/readers/reader-stamp.ts';
import type { PassageRow } from '../../store/chunk-row.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import { documentDate } from './document-date.ts';
import { documentRows, type RowSource } from './document-rows.ts';

export type ReadSettings = { maxBytes: number; timeoutMs: number };

/** `extraction` is null where the bytes are those that were indexed before: only the file's date had changed. */
type Extracted = { document: ManifestDocument; extraction: Extraction | null };
/** `rows` is null where the passages stay as they are; `extracted` where there is no text to keep. */
type ReadDocument = {
  document: ManifestDocument;
  result: DocumentResult;
  rows: PassageRow[] | null;
  extracted: ExtractedDocument | null;
  /** Documents inside the file. */
  attachments: { result: AttachmentResult; rows: PassageRow[]; extracted: ExtractedDocument | null }[];
};

/** A commit costs some milliseconds and a version of the table; a crash costs at most this much work. */
const batchRows = 1024;
const batchDocuments = 256;
const batchIntervalMs = 4000;

/** `changed` counts the documents whose passages are others than before: only these concern the word index. */
export type ReadCounts = { read: number; changed: number };

export async function readPendingDocuments(
  session: LibrarySession,
  settings: ReadSettings,
  control: JobControl,
): Promise<ReadCounts> {
  const counts: ReadCounts = { read: 0, changed: 0 };
  const pending = pendingDocuments(session);
  let doneCount = 0;
  let batch: ReadDocument[] = [];
  let rowCount = 0;
  let batchStartedAtMs = performance.now();
  const flush = async () => {
    if (batch.length === 0) return;
    await commit(session, batch);
    doneCount += batch.length;
    // Without rows it was only touched, or could not be opened.
    counts.read += batch.filter(({ rows }) => rows).length;
    counts.changed += batch.filter(
      ({ document, rows }) => rows && rows.length + document.chunkCount > 0,
    ).length;
    batch = [];
    rowCount = 0;
    batchStartedAtMs = performance.now();
    session.changed();
  };
  control.report('reading', 0, pending.length, 'documents');
  for await (const { document, extraction } of extractAhead(session, pending, settings, control)) {
    const read = readDocument(session, document, extraction);
    batch.push(read);
    rowCount += read.attachments.reduce((sum, { rows }) => sum + rows.length, read.rows?.length ?? 0);
    control.report('reading', doneCount + batch.length, pending.length, 'documents', document.path);
    const isDue = performance.now() - batchStartedAtMs > batchIntervalMs;
    if (rowCount >= batchRows || batch.length >= batchDocuments || isDue) await flush();
  }
  await flush();
  return counts;
}

/** Those that can be read now: the files of a folder that is not there just now go on waiting, with what is known of them. */
function pendingDocuments({ documents, folders }: LibrarySession): ManifestDocument[] {
  const isAway = new Map(folders.list().map(({ id, unavailable }) => [id, unavailable !== null]));
  return documents.withState('pending').filter(({ folderId }) => !isAway.get(folderId));
}

/** A file that cannot be opened keeps what was read of it and waits for the next run. */
function keptResult(
  { chunkCount }: ManifestDocument,
  { outcome, reader }: Extraction,
): Pick<DocumentResult, 'state' | 'reason'> | null {
  if (reader !== unopenedStamp || outcome.state === 'indexed' || chunkCount === 0) return null;
  return { state: 'pending', reason: outcome.reason };
}

/** Keeps the extraction workers busy, a bounded number of files ahead; yields in order of completion. */
async function* extractAhead(
  session: LibrarySession,
  pending: readonly ManifestDocument[],
  settings: ReadSettings,
  control: JobControl,
): AsyncGenerator<Extracted> {
  const running = new Map<string, Promise<Extracted>>();
  const aheadCount = session.extraction.workerCount * 3;
  const queue = pending.values();
  for (;;) {
    await control.checkpoint();
    while (running.size < aheadCount) {
      const next = queue.next();
      if (next.done) break;
      const document = next.value;
      const extracting = extract(session, document, settings, control.signal);
      // Cancelling rejects all of them at once; the first one awaited reports it.
      extracting.catch(() => {});
      running.set(document.id, extracting);
    }
    if (running.size === 0) return;
    const finished = await Promise.race(running.values());
    running.delete(finished.document.id);
    yield finished;
  }
}

async function extract(
  session: LibrarySession,
  document: ManifestDocument,
  settings: ReadSettings,
  signal: AbortSignal,
): Promise<Extracted> {
  if (document.contentHash && document.chunkCount > 0) {
    const hash = await hashFile(document.path, signal).catch(() => null);
    if (hash === document.contentHash) return { document, extraction: null };
  }
  return { document, extraction: await session.extraction.extract(document.path, { ...settings, signal }) };
}

/** Without an extraction, or where the file cannot be opened just now, the passages stay. */
function readDocument(
  session: LibrarySession,
  document: ManifestDocument,
  extraction: Extraction | null,
): ReadDocument {
  const kept = extraction ? keptResult(document, extraction) : ({ state: 'indexed', reason: null } as const);
  if (extraction && !kept) return toReadDocument(session, document, extraction);
  return { document, result: { ...document, ...kept }, rows: null, extracted: null, attachments: [] };
}

function toReadDocument(
  session: LibrarySession,
  document: ManifestDocument,
  extraction: Extraction,
): ReadDocument {
  const { outcome, contentHash, reader } = extraction;
  const source = { ...document, contentHash: contentHash ?? '', reader };
  const read = toResult(session, source, outcome, document.kind);
  const result = { ...read.result, contentHash };
  // What is inside a message is as old as the message.
  const modifiedAt = documentDate({ ...document, ...result });
  const known = new Map(session.documents.attachmentsOf(document.id).map(({ path, id }) => [path, id]));
  const attachments = (extraction.attachments ?? []).map(({ name, outcome: inner, ...facts }) => {
    const path = `${document.path}${insideMark}${name}`;
    const relativePath = `${document.relativePath}${insideMark}${name}`;
    const id = known.get(path) ?? randomUUID();
    const one = toResult(session, { id, path, modifiedAt, ...facts }, inner, null);
    const { sizeBytes } = facts;
    return { ...one, result: { ...one.result, id, path, relativePath, sizeBytes, modifiedAt } };
  });
  return { document, ...read, result, attachments };
}

function toResult(
  session: LibrarySession,
  source: RowSource & { reader: string | null },
  extraction: ExtractionOutcome,
  knownKind: ManifestDocument['kind'],
): { result: DocumentResult; rows: PassageRow[]; extracted: ExtractedDocument | null } {
  const { contentHash, reader } = source;
  const outcome = session.withRecognised(extraction, contentHash);
  if (outcome.state !== 'indexed') {
    const scan = outcome.state === 'scan' ? outcome.document : null;
    const result: DocumentResult = {
      state: outcome.state,
      reason: outcome.reason,
      title: scan?.title ?? basename(source.path),
      kind: scan?.kind ?? kindOfReader(reader) ?? knownKind,
      pageCount: scan && scan.kind !== 'picture' ? scan.pages.length : null,
      ...waitingOf(scan),
      chunkCount: 0,
      contentHash,
      reader,
    };
    return { result, rows: [], extracted: null };
  }
  const extracted = outcome.document;
  const rows = documentRows(source, extracted, session.vectors.countTokens);
  const result: DocumentResult = {
    state: rows.length > 0 ? 'indexed' : 'empty',
    reason: rows.length > 0 ? null : 'There is no text in this file.',
    title: extracted.title,
    kind: extracted.kind,
    pageCount: extracted.pages.length > 0 ? extracted.pages.length : null,
    chunkCount: rows.length,
    contentHash,
    reader,
    language: rows[0]?.language ?? null,
    ...waitingOf(extracted),
    ...(extracted.facts ? { facts: extracted.facts } : {}),
  };
  return { result, rows, extracted };
}

function waitingOf(document: ExtractedDocument | null): Pick<DocumentResult, 'waitingPages'> {
  return document?.waitingPages ? { waitingPages: document.waitingPages } : {};
}

/** An unchanged document may have another date than before, which searches narrow by. */
async function commit(session: LibrarySession, batch: readonly ReadDocument[]): Promise<void> {
  const { store } = session.vectors;
  const read = batch.flatMap(({ document, result, rows, extracted, attachments }) =>
    rows
      ? [
          { id: document.id, result, rows, extracted },
          ...attachments.map((one) => ({ ...one, id: one.result.id })),
        ]
      : [],
  );
  await store.replacePassages(read.map(({ id, rows }) => ({ documentId: id, rows })));
  const kept = new Set(read.map(({ id }) => id));
  const before = batch.flatMap(({ document, rows }) =>
    rows ? session.documents.attachmentsOf(document.id) : [],
  );
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  if (gone.length > 0) await store.removeDocuments(gone);
  await session.updateDocumentFacts(batch.flatMap(({ document, rows }) => (rows ? [] : [document])));
  for (const { id, result, extracted } of read) {
    if (extracted && result.contentHash) session.texts.put(id, result.contentHash, extracted);
    else session.texts.remove([id]);
  }
  session.texts.remove(gone);
  session.documents.transaction(() => {
    session.vocabulary.add(read.flatMap(({ rows }) => rows.map(({ text }) => text)));
    for (const { document, result, rows, attachments } of batch) {
      session.documents.finish(document.id, result);
      if (!rows) continue;
      session.documents.replaceAttachments(
        document,
        attachments.map((attachment) => attachment.result),
      );
    }
  });
}
