/**
 * Reads pending documents and puts their passages into the active set: extraction runs ahead in worker threads while
 * the encoder works on what was read. The set is written first and the manifest after it, so that a kill in between
 * only means that a document is read again.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { ExtractionOutcome } from '../../library/extraction/extracted-document.ts';
import type { Extraction } from '../../library/extraction/extraction-pool.ts';
import { hashFile } from '../../library/extraction/hash-file.ts';
import { insideMark } from '../../library/extraction/read-attachments.ts';
import type { AttachmentResult, DocumentResult, ManifestDocument } from '../../library/manifest/document-table.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import { commitRows, documentRows, type PassageRow, type RowSource } from './document-rows.ts';

export type ReadSettings = { maxBytes: number; timeoutMs: number };

/** `extraction` is null where the bytes are those that were indexed before: only the file's date had changed. */
type Extracted = { document: ManifestDocument; extraction: Extraction | null };
type ReadDocument = {
  document: ManifestDocument;
  result: DocumentResult;
  rows: PassageRow[];
  /** Documents inside the file. */
  attachments: { result: AttachmentResult; rows: PassageRow[] }[];
};

/** A commit costs some milliseconds and a version of the table; a crash costs at most this much work. */
const batchRows = 256;
const batchDocuments = 128;
const batchIntervalMs = 4000;

/** Returns the number of documents read. */
export async function readPendingDocuments(
  session: LibrarySession,
  settings: ReadSettings,
  control: JobControl,
): Promise<number> {
  const pending = session.documents.withState('pending');
  let doneCount = 0;
  let batch: ReadDocument[] = [];
  let batchStartedAtMs = performance.now();
  const flush = async () => {
    if (batch.length === 0) return;
    await commit(session, batch, control.signal);
    doneCount += batch.length;
    batch = [];
    batchStartedAtMs = performance.now();
    control.report('indexing', doneCount, pending.length, 'documents');
    session.changed();
  };
  control.report('indexing', 0, pending.length, 'documents');
  for await (const { document, extraction } of extractAhead(session, pending, settings, control)) {
    if (!extraction) {
      session.documents.finish(document.id, { ...document, state: 'indexed', reason: null });
      doneCount += 1;
      continue;
    }
    batch.push(toReadDocument(session, document, extraction));
    const rowCount = batch.reduce(
      (sum, { rows, attachments }) => sum + attachments.reduce((inner, one) => inner + one.rows.length, rows.length),
      0,
    );
    const isDue = performance.now() - batchStartedAtMs > batchIntervalMs;
    if (rowCount >= batchRows || batch.length >= batchDocuments || isDue) await flush();
  }
  await flush();
  return doneCount;
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

function toReadDocument(
  session: LibrarySession,
  document: ManifestDocument,
  extraction: Extraction,
): ReadDocument {
  const { outcome, contentHash } = extraction;
  const source = { ...document, contentHash: contentHash ?? '' };
  const { result, rows } = toResult(session, source, outcome, document.kind);
  // What is inside a message is as old as the message.
  const modifiedAt = rows[0]?.modifiedAt ?? document.modifiedAt;
  const known = new Map(session.documents.attachmentsOf(document.id).map(({ path, id }) => [path, id]));
  const attachments = (extraction.attachments ?? []).map((attachment) => {
    const path = `${document.path}${insideMark}${attachment.name}`;
    const relativePath = `${document.relativePath}${insideMark}${attachment.name}`;
    const id = known.get(path) ?? randomUUID();
    const inner = { id, path, modifiedAt, contentHash: attachment.contentHash };
    const read = toResult(session, inner, attachment.outcome, null);
    const { sizeBytes } = attachment;
    return { result: { ...read.result, id, path, relativePath, sizeBytes }, rows: read.rows };
  });
  return { document, result: { ...result, contentHash }, rows, attachments };
}

function toResult(
  session: LibrarySession,
  source: RowSource,
  outcome: ExtractionOutcome,
  knownKind: ManifestDocument['kind'],
): { result: DocumentResult; rows: PassageRow[] } {
  const { contentHash } = source;
  if (outcome.state !== 'indexed') {
    const result: DocumentResult = {
      state: outcome.state,
      reason: outcome.reason,
      title: basename(source.path),
      kind: knownKind,
      pageCount: null,
      chunkCount: 0,
      contentHash,
    };
    return { result, rows: [] };
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
    ...(extracted.facts ? { facts: extracted.facts } : {}),
  };
  return { result, rows };
}

async function commit(
  session: LibrarySession,
  batch: readonly ReadDocument[],
  signal: AbortSignal,
): Promise<void> {
  const rows = batch.flatMap(({ document, rows, attachments }) => [
    { documentId: document.id, rows },
    ...attachments.map((attachment) => ({ documentId: attachment.result.id, rows: attachment.rows })),
  ]);
  const kept = new Set(rows.map(({ documentId }) => documentId));
  const before = batch.flatMap(({ document }) => session.documents.attachmentsOf(document.id));
  const gone = before.filter(({ id }) => !kept.has(id)).map(({ id }) => ({ documentId: id, rows: [] }));
  await commitRows(session, [...rows, ...gone], signal);
  session.documents.transaction(() => {
    for (const { document, result, attachments } of batch) {
      session.documents.finish(document.id, result);
      session.documents.replaceAttachments(
        document,
        attachments.map((attachment) => attachment.result),
      );
    }
  });
}
