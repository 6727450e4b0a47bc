/**
 * Makes the terms of the passages anew where they were made by earlier rules of words, from what the passages say: no document is read again. The
 * library answers meanwhile; a passage whose terms are still those of before is found by the words that both rules treat alike. What a kill
 * interrupts begins anew.
 */
import { groupsToRead } from '../../store/tables/read-documents.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';

const passagesAtATime = 2048;

export async function renewTerms({ vectors }: LibrarySession, control: JobControl): Promise<void> {
  const { store } = vectors;
  if (store.hasPresentTerms || vectors.isOfEarlierLayout) return;
  const total = store.passages.rowCount;
  let done = 0;
  const { versions } = store.passages;
  for (const ids of groupsToRead(versions, { batchRows: passagesAtATime })) {
    await control.checkpoint();
    control.report('optimising', done, total, 'passages');
    await store.passages.renewTerms(ids);
    for (const id of ids) done += versions.get(id)?.rows ?? 0;
  }
  await store.passages.maintain({ force: true, rebuildWords: true });
  await store.noteTerms();
  control.log('The words of this library were made anew by the rules of this version.');
}
