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
  /** Asked between commits: whether something more urgent waits. */
  isAskedToYield?: () => boolean;
};

/** False if it was asked to yield before all passages had vectors. */
export async function embedPassages(
  session: LibrarySession,
  { set, encoder, known = null, isAskedToYield = () => false }: EmbedOptions,
  control: JobControl,
): Promise<boolean> {
  const call = { passages: minCallPassages };
  for (;;) {
    await set.dropStaleVectors();
    // Documents may change meanwhile; the next round embeds only those.
    const waiting = newestFirst(session, set.documentsToEmbed());
    for (const ids of groupsOf(waiting, set)) {
      if (isAskedToYield()) return false;
      await embedDocuments(ids, { set, encoder, known }, call, control, () => set.embeddedCount);
      session.changed();
    }
    if (waiting.length > 0) continue;
    // Made by an earlier version: they answer as they are until the new ones take their place.
    const outdated = encoder.makesWindows ? newestFirst(session, await set.documentsWithoutWindows()) : [];
    if (outdated.length === 0) return true;
    let renewed = set.embeddedCount - passagesOf(outdated, set);
    for (const ids of groupsOf(outdated, set)) {
      if (isAskedToYield()) return false;
      await embedDocuments(ids, { set, encoder, known: null }, call, control, () => renewed);
      renewed += passagesOf(ids, set);
    }
  }
}

const passagesOf = (documentIds: readonly string[], set: ChunkSet) =>
  documentIds.reduce((sum, id) => sum + set.passageCount(id), 0);

async function embedDocuments(
  ids: readonly string[],
  { set, encoder, known }: Required<Pick<EmbedOptions, 'set' | 'encoder' | 'known'>>,
  call: { passages: number },
  control: JobControl,
  counted: () => number,
): Promise<void> {
  const rows: ChunkRow[] = [];
  for await (const batch of (known ?? set).readRows({ documentIds: ids, withVectors: known !== null }))
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
    const batch = missing.slice(first, first + call.passages);
    const startedAtMs = performance.now();
    const made = await encoder.encodePassages(batch.map(passageText), {
      priority: 'background',
      signal: control.signal,
    });
    for (const [index, { chunkId }] of batch.entries()) {
      const { vector, windows } = made[index] as EncodedPassage;
      vectors.set(chunkId, { vector, windows: encoder.makesWindows ? packWindows(windows) : null });
    }
    const pace = batch.length / Math.max(1, performance.now() - startedAtMs);
    call.passages = Math.max(minCallPassages, Math.min(commitRows, Math.round(pace * callMs)));
    first += batch.length;
    const next = missing[first]?.documentId;
    for (const { documentId, contentHash } of batch) {
      if (documentId !== next) pending.set(documentId, contentHash);
    }
    if (pending.size > 0 && performance.now() - lastCommitMs > commitIntervalMs) await commit();
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
