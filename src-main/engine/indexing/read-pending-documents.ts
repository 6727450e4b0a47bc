/**
 * Reads pending documents and writes their passages, findable by their words from then on: worker threads extract and cut them up, ahead
 * of what is written. The passages are written first and the manifest after them, so that a kill in between
 * only means that a document is read again.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { ExtractionOutcome } from '../../library/extraction/extracted-document.ts';
import type { Extraction as ExtractionOf } from '../../library/extraction/extraction-pool.ts';
import { hashFile } from '../../library/extraction/hash-file.ts';
import type { ReadDocument } from '../../library/extraction/read-document.ts';
import type { TextSignature } from '../../library/extraction/text-signature.ts';
import { documentDate } from '../../library/manifest/document-date.ts';
import { insideMark } from '../../library/manifest/inside-path.ts';
import type { DocumentResult, ManifestDocument } from '../../library/manifest/manifest-document.ts';
import { kindOfReader, unopenedStamp } from '../../library/readers/reader-stamp.ts';
import type { PassageRow } from '../../store/chunk-row.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import { asRecognised } from './as-recognised.ts';
import { commitFiles, type ReadFile } from './commit-files.ts';
import { documentRows, type RowSource } from './document-rows.ts';

export type ReadSettings = { maxBytes: number; timeoutMs: number };

type Extraction = ExtractionOf<ReadDocument>;
/** `extraction` is null where the bytes are those that were indexed before: only the file's date had changed. */
type Extracted = { document: ManifestDocument; extraction: Extraction | null };

/** A commit costs some milliseconds and a version of the table; a crash costs at most this much work. */
const batchRows = 1024;
const batchDocuments = 256;
const batchIntervalMs = 4000;

export type ReadCounts = {
  read: number;
  /** Of the texts that were read, by document. */
  signatures: Map<string, TextSignature>;
};

export async function readPendingDocuments(
  session: LibrarySession,
  settings: ReadSettings,
  control: JobControl,
): Promise<ReadCounts> {
  const counts: ReadCounts = { read: 0, signatures: new Map() };
  const pending = pendingDocuments(session);
  let doneCount = 0;
  let batch: ReadFile[] = [];
  let rowCount = 0;
  let batchStartedAtMs = performance.now();
  const commit = async (files: readonly ReadFile[]) => {
    await commitFiles(session, files);
    // Without rows it was only touched, or could not be opened.
    counts.read += files.filter(({ rows }) => rows).length;
    for (const { document, read, attachments } of files) {
      if (read) counts.signatures.set(document.id, read.signature);
      for (const { result, read: inner } of attachments)
        if (inner) counts.signatures.set(result.id, inner.signature);
    }
    session.changed();
  };
  // While one batch is written, the threads go on with the files of the next.
  let committing = Promise.resolve();
  const flush = async () => {
    await committing;
    committing = commit(batch);
    // Awaited before the next one; a failure until then must not count as unhandled.
    committing.catch(() => {});
    batch = [];
    rowCount = 0;
    batchStartedAtMs = performance.now();
  };
  const report = (inHand: string) =>
    control.report('reading', doneCount, pending.length, 'documents', inHand);
  try {
    for await (const { document, extraction } of extractAhead(session, pending, settings, control, report)) {
      const file = await readFile(session, document, extraction);
      batch.push(file);
      doneCount += 1;
      rowCount += file.attachments.reduce((sum, { rows }) => sum + rows.length, file.rows?.length ?? 0);
      const isDue = performance.now() - batchStartedAtMs > batchIntervalMs;
      if (rowCount >= batchRows || batch.length >= batchDocuments || isDue) await flush();
    }
    control.report('reading', doneCount, pending.length, 'documents');
    if (batch.length > 0) await flush();
  } finally {
    // Nothing is written after the end of the job, whatever ends it.
    await committing;
  }
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

/**
 * Keeps the extraction workers busy, a bounded number of files ahead; yields in order of completion. `onInHand` is told the path of the file that
 * has been read for longest, which is what a person waits for where it is large.
 */
async function* extractAhead(
  session: LibrarySession,
  pending: readonly ManifestDocument[],
  settings: ReadSettings,
  control: JobControl,
  onInHand: (path: string) => void,
): AsyncGenerator<Extracted> {
  const running = new Map<string, { path: string; extracting: Promise<Extracted> }>();
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
      running.set(document.id, { path: document.path, extracting });
    }
    const [longest] = running.values();
    if (!longest) return;
    onInHand(longest.path);
    const finished = await Promise.race([...running.values()].map(({ extracting }) => extracting));
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
  return {
    document,
    extraction: await session.extraction.read(document.path, session.vectors.tokens, { ...settings, signal }),
  };
}

/** Without an extraction, or where the file cannot be opened just now, the passages stay. */
async function readFile(
  session: LibrarySession,
  document: ManifestDocument,
  extraction: Extraction | null,
): Promise<ReadFile> {
  const kept = extraction ? keptResult(document, extraction) : ({ state: 'indexed', reason: null } as const);
  if (extraction && !kept) return await toReadFile(session, document, extraction);
  return { document, result: { ...document, ...kept }, rows: null, read: null, attachments: [] };
}

async function toReadFile(
  session: LibrarySession,
  document: ManifestDocument,
  extraction: Extraction,
): Promise<ReadFile> {
  const { contentHash, reader } = extraction;
  const outcome = await asRecognised(session, extraction.outcome, contentHash ?? '');
  const own = toResult({ ...document, contentHash: contentHash ?? '', reader }, outcome, document.kind);
  const result = { ...own.result, contentHash };
  // What is inside a message is as old as the message.
  const modifiedAt = documentDate({ ...document, ...result });
  const known = new Map(session.documents.attachmentsOf(document.id).map(({ path, id }) => [path, id]));
  const attachments: ReadFile['attachments'] = [];
  for (const { name, outcome: extracted, ...facts } of extraction.attachments ?? []) {
    const inner = await asRecognised(session, extracted, facts.contentHash);
    const path = `${document.path}${insideMark}${name}`;
    const relativePath = `${document.relativePath}${insideMark}${name}`;
    const id = known.get(path) ?? randomUUID();
    const one = toResult({ id, path, modifiedAt, ...facts }, inner, null);
    const { sizeBytes } = facts;
    attachments.push({ ...one, result: { ...one.result, id, path, relativePath, sizeBytes, modifiedAt } });
  }
  return { document, ...own, result, attachments };
}

function toResult(
  source: RowSource & { reader: string | null },
  outcome: ExtractionOutcome<ReadDocument>,
  knownKind: ManifestDocument['kind'],
): { result: DocumentResult; rows: PassageRow[]; read: ReadDocument | null } {
  const { contentHash, reader } = source;
  if (outcome.state !== 'indexed') {
    const scan = outcome.state === 'scan' ? outcome.document : null;
    const result: DocumentResult = {
      state: outcome.state,
      reason: outcome.reason,
      title: scan?.title ?? basename(source.path),
      kind: scan?.kind ?? kindOfReader(reader) ?? knownKind,
      pageCount: scan && scan.kind !== 'picture' ? scan.pageCount : null,
      ...waitingOf(scan),
      chunkCount: 0,
      contentHash,
      reader,
    };
    return { result, rows: [], read: null };
  }
  const read = outcome.document;
  const { title, kind, facts, pageCount } = read;
  const rows = documentRows(source, read, read.passages);
  const result: DocumentResult = {
    state: rows.length > 0 ? 'indexed' : 'empty',
    reason: rows.length > 0 ? null : 'There is no text in this file.',
    title,
    kind,
    pageCount,
    chunkCount: rows.length,
    contentHash,
    reader,
    language: rows[0]?.language ?? null,
    ...waitingOf(read),
    ...(facts ? { facts } : {}),
  };
  return { result, rows, read };
}

function waitingOf(document: ReadDocument | null): Pick<DocumentResult, 'waitingPages'> {
  return document?.waitingPages ? { waitingPages: document.waitingPages } : {};
}
