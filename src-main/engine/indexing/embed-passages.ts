/**
 * The second half of indexing: vectors for passages that have none, the documents that matter most first. Each commit holds whole
 * documents, so that a kill costs at most what was embedded since the last one.
 */
import { passageText } from '../../library/passages/passage-text.ts';
import type { EncodedPassage, TextEncoder } from '../../llara/encode/text-encoder.ts';
import type { ChunkRow, PassageVectors } from '../../store/chunk-row.ts';
import type { ChunkSet } from '../../store/chunk-set.ts';
import { packWindows } from '../../store/tables/packed-windows.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';

/** So many passages are read, and committed, at a time. */
const commitRows = 256;
const commitIntervalMs = 4000;
/** A pause or a cancel waits for as long as one call of the encoder takes. */
const callMs = 1000;
const minCallPassages = 16;

export type EmbedOptions = {
  set: ChunkSet;
  encoder: TextEncoder;
  /** Vectors that another set has already and that hold in this one too. */
  known?: ChunkSet | null;
  /** Called after each call of the encoder, to read files that have changed meanwhile. Returns whether it did. */
  lookAgain?: () => Promise<boolean>;
};

/** A document that changes meanwhile gets vectors once; what it says by then is for the run that its change asks for, or this one would never end. */
export async function embedPassages(
  session: LibrarySession,
  { set, encoder, known = null, lookAgain = async () => false }: EmbedOptions,
  control: JobControl,
): Promise<void> {
  const pace = { passages: minCallPassages };
  const done = new Set<string>();
  let hasLooked = false;
  const look = async () => {
    hasLooked = (await lookAgain()) || hasLooked;
  };
  const embedAll = async (ids: readonly string[], from: ChunkSet, counted: () => number) => {
    for (const group of groupsOf(ids, set)) {
      hasLooked = false;
      await embedDocuments(group, { set, encoder, from, pace, counted, look }, control);
      for (const id of group) done.add(id);
      session.changed();
      // What has come meanwhile may matter more than what is left.
      if (hasLooked) return;
    }
  };
  for (;;) {
    await set.dropStaleVectors();
    await look();
    const waiting = set.documentsToEmbed().filter((id) => !done.has(id));
    if (waiting.length > 0) {
      await embedAll(newestFirst(session, waiting), known ?? set, () => set.embeddedCount);
      continue;
    }
    // Made by an earlier version: they answer as they are until the new ones take their place.
    const outdated = encoder.makesWindows ? await set.documentsWithoutWindows() : [];
    const left = outdated.filter((id) => !done.has(id));
    if (left.length === 0) return;
    const others = set.embeddedCount - passagesOf(left, set);
    await embedAll(newestFirst(session, left), set, () => others);
  }
}

const passagesOf = (documentIds: readonly string[], set: ChunkSet) =>
  documentIds.reduce((sum, id) => sum + set.passageCount(id), 0);

type GroupOptions = Pick<EmbedOptions, 'set' | 'encoder'> & {
  /** Has the passages, and, if it is another set, vectors that are taken over. */
  from: ChunkSet;
  /** Passages that the encoder gets through in about `callMs`. */
  pace: { passages: number };
  counted: () => number;
  look: () => Promise<void>;
};

async function embedDocuments(
  ids: readonly string[],
  { set, encoder, from, pace, counted, look }: GroupOptions,
  control: JobControl,
): Promise<void> {
  const rows: ChunkRow[] = [];
  for await (const batch of from.readRows({ documentIds: ids, withVectors: from !== set }))
    rows.push(...batch);
  const vectors = new Map<string, PassageVectors>();
  for (const { chunkId, vector, windows = null } of rows)
    if (vector) vectors.set(chunkId, { vector, windows });
  const missing = rows.filter(({ vector }) => !vector);
  const report = (done: number, path?: string) =>
    control.report('embedding', counted() + done, set.passageTotal, 'passages', path);
  report(0, missing[0]?.path);
  let lastCommitMs = performance.now();
  let pending = new Map<string, string>();
  const commit = async () => {
    await set.addVectors(pending, vectors);
    for (const row of rows) if (pending.has(row.documentId)) vectors.delete(row.chunkId);
    pending = new Map();
    lastCommitMs = performance.now();
  };
  const open = Map.groupBy(missing, ({ documentId }) => documentId);
  for (const { documentId, contentHash } of rows) {
    if (!open.has(documentId)) pending.set(documentId, contentHash);
  }
  for (let first = 0; first < missing.length; ) {
    await control.checkpoint();
    const batch = missing.slice(first, first + pace.passages);
    const startedAtMs = performance.now();
    const made = await encoder.encodePassages(batch.map(passageText), {
      priority: 'background',
      signal: control.signal,
    });
    for (const [index, { chunkId }] of batch.entries()) {
      const { vector, windows } = made[index] as EncodedPassage;
      vectors.set(chunkId, { vector, windows: encoder.makesWindows ? packWindows(windows) : null });
    }
    const perMs = batch.length / Math.max(1, performance.now() - startedAtMs);
    pace.passages = Math.max(minCallPassages, Math.min(commitRows, Math.round(perMs * callMs)));
    first += batch.length;
    const next = missing[first]?.documentId;
    for (const { documentId, contentHash } of batch) {
      if (documentId !== next) pending.set(documentId, contentHash);
    }
    if (pending.size > 0 && performance.now() - lastCommitMs > commitIntervalMs) await commit();
    await look();
    report(vectors.size, (missing[first] ?? missing.at(-1))?.path);
  }
  if (pending.size > 0) await commit();
}

function* groupsOf(documentIds: readonly string[], set: ChunkSet): Generator<string[]> {
  let group: string[] = [];
  let rows = 0;
  for (const id of documentIds) {
    group.push(id);
    rows += set.passageCount(id);
    if (rows < commitRows) continue;
    yield group;
    group = [];
    rows = 0;
  }
  if (group.length > 0) yield group;
}

/** The documents that a person is likely to look for first: those changed or opened most recently. */
function newestFirst({ documents, memory }: LibrarySession, documentIds: readonly string[]): string[] {
  const openedAt = memory.openedAt();
  const at = new Map(
    documents
      .getMany(documentIds)
      .map(({ id, modifiedAt }) => [id, Math.max(modifiedAt, openedAt.get(id) ?? 0)]),
  );
  return [...documentIds].sort((a, b) => (at.get(b) ?? 0) - (at.get(a) ?? 0));
}
