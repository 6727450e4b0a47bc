/**
 * Changes the encoder or the adapter of a library without an outage: new vectors grow in a table beside the active one,
 * which answers meanwhile; then one pointer moves. Killed at any line, it goes on from the rows that are there.
 */
import { AppError } from '../../common/app-error.ts';
import type { VectorSet } from '../../contract/libraries.ts';
import { passageText } from '../../library/passages/passage-text.ts';
import type { TextEncoder } from '../../llara/encode/text-encoder.ts';
import type { ChunkSet } from '../../store/chunk-store.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import { vectorSetOf } from '../library-vectors.ts';

const documentsPerBatch = 32;

/** Makes `encoder`'s set the active one. Cancelled, it removes what it had built. */
export async function buildVectorSet(
  session: LibrarySession,
  encoder: TextEncoder,
  control: JobControl,
): Promise<VectorSet> {
  const { vectors } = session;
  const target = vectorSetOf(encoder, 'building');
  const existing = vectors.sets.find(target.id);
  if (existing?.state === 'active') return existing;
  if (!existing) vectors.sets.add(target);
  try {
    const shadow = await vectors.store.openSet(target.id, target.dimension);
    while (await copyMissing(session, shadow, encoder, control)) {
      // Documents may have changed meanwhile; the next round copies only those.
    }
    control.report('optimising', 0, null, '');
    await shadow.maintain({ force: true });
    await verify(session, shadow);
    await vectors.activate(target);
    session.changed();
    return target;
  } catch (error) {
    const isCancelled =
      control.signal.reason instanceof AppError && control.signal.reason.code === 'cancelled';
    if (isCancelled) await vectors.abandon(target.id);
    throw error;
  }
}

/** Brings `shadow` nearer to the active set; false once they hold the same documents. */
async function copyMissing(
  session: LibrarySession,
  shadow: ChunkSet,
  encoder: TextEncoder,
  control: JobControl,
): Promise<boolean> {
  const wanted = await session.vectors.active.documentVersions();
  const present = await shadow.documentVersions();
  await shadow.removeDocuments([...present.keys()].filter((id) => !wanted.has(id)));
  const missing = [...wanted].filter(([id, version]) => {
    const copy = present.get(id);
    return copy?.contentHash !== version.contentHash || copy.rows !== version.rows;
  });
  if (missing.length === 0) return false;
  for (let first = 0; first < missing.length; first += documentsPerBatch) {
    control.report('embedding', wanted.size - missing.length + first, wanted.size, 'documents');
    await control.checkpoint();
    const ids = missing.slice(first, first + documentsPerBatch).map(([id]) => id);
    await copyDocuments(session, shadow, encoder, ids, control.signal);
  }
  return true;
}

/** From one adapter for queries alone to another, or to none, passages stay as they are: nothing is embedded again. */
function canKeepVectors({ vectors }: LibrarySession, encoder: TextEncoder): boolean {
  return vectors.hasBareVectors && !encoder.adaptsPassages && vectors.encoder?.id === encoder.id;
}

async function copyDocuments(
  session: LibrarySession,
  shadow: ChunkSet,
  encoder: TextEncoder,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const rows = [];
  const withVectors = canKeepVectors(session, encoder);
  for await (const batch of session.vectors.active.readRows({ documentIds: ids, withVectors }))
    rows.push(...batch);
  const changed = rows.filter(({ vector }) => !vector);
  const vectors = await encoder.encode(changed.map(passageText), 'passage', {
    priority: 'background',
    signal,
  });
  for (const [index, row] of changed.entries()) row.vector = vectors[index] ?? null;
  const byDocument = Map.groupBy(rows, (row) => row.documentId);
  await shadow.replaceDocuments(
    ids.map((documentId) => ({ documentId, rows: byDocument.get(documentId) ?? [] })),
  );
}

async function verify(session: LibrarySession, shadow: ChunkSet): Promise<void> {
  const [expected, found] = await Promise.all([session.vectors.active.countRows(), shadow.countRows()]);
  if (expected !== found) {
    throw new AppError(
      'conflict',
      `The new vectors hold ${found} passages where the library has ${expected}; the old ones stay in use. Try again once indexing has finished.`,
    );
  }
}
