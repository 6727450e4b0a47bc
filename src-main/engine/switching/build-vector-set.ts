/**
 * Changes the encoder or the adapter of a library without an outage: new vectors grow in a table of their own while the old ones
 * answer; then one pointer moves. A library that had none before uses them as they come. Killed at any line, it goes on
 * from the vectors that are there.
 */
import { AppError } from '../../common/app-error.ts';
import type { VectorSet } from '../../contract/libraries.ts';
import type { TextEncoder } from '../../llara/encode/text-encoder.ts';
import { embedPassages } from '../indexing/embed-passages.ts';
import { migrateLibrary } from '../indexing/migrate-library.ts';
import { putInOrder } from '../indexing/put-in-order.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import { vectorSetOf } from '../library-vectors.ts';
import { learnWordMeanings } from '../meanings/learn-word-meanings.ts';

/** Makes `encoder`'s set the active one. Cancelled, it removes what it had built. `lookAgain` as in `embedPassages`. */
export async function buildVectorSet(
  session: LibrarySession,
  encoder: TextEncoder,
  control: JobControl,
  lookAgain: () => Promise<boolean> = async () => false,
): Promise<VectorSet> {
  const { vectors } = session;
  await migrateLibrary(session, control);
  const target = vectorSetOf(encoder, 'building');
  const existing = vectors.sets.find(target.id);
  if (!existing) vectors.sets.add(target);
  const isFirst = !vectors.sets.active();
  try {
    if (isFirst || existing?.state === 'active') await vectors.activate(target);
    const set = await vectors.store.openSet(target.id, target.dimension);
    const known = canKeepVectors(session, encoder) ? vectors.active : null;
    await embedPassages(session, { set, encoder, known, lookAgain }, control);
    control.report('optimising', 0, null, '');
    await putInOrder(session, control, () => set.maintainVectors({ force: true }));
    await learnWordMeanings(session, set, encoder, control);
    if (vectors.sets.active()?.id !== target.id) await vectors.activate(target);
    session.changed();
    return { ...target, state: 'active' };
  } catch (error) {
    const isCancelled =
      control.signal.reason instanceof AppError && control.signal.reason.code === 'cancelled';
    if (isCancelled) await vectors.abandon(target.id);
    throw error;
  }
}

/** From one adapter for queries alone to another, or to none, passages stay as they are: nothing is embedded again. */
function canKeepVectors({ vectors }: LibrarySession, encoder: TextEncoder): boolean {
  const isOther = vectors.active.id !== vectorSetOf(encoder, 'building').id;
  return (
    isOther &&
    vectors.hasBareVectors &&
    !encoder.info.adaptsPassages &&
    vectors.encoder?.info.id === encoder.info.id
  );
}
