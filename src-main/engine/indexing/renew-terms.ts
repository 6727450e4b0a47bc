/**
 * Makes the terms of the passages anew where they were made by earlier rules of words, from what the passages say: no document is read again. The
 * library answers meanwhile; a passage whose terms are still those of before is found by the words that both rules treat alike. What a kill
 * interrupts begins anew.
 */
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';

const passagesAtATime = 2048;

export async function renewTerms({ vectors }: LibrarySession, control: JobControl): Promise<void> {
  const { store } = vectors;
  if (store.hasPresentTerms || vectors.isOfEarlierLayout) return;
  const total = store.passages.rowCount;
  let done = 0;
  for (const { ids, rows } of groupsOf(store.passages.versions)) {
    await control.checkpoint();
    control.report('optimising', done, total, 'passages');
    await store.passages.renewTerms(ids);
    done += rows;
  }
  await store.passages.maintain({ force: true, rebuildWords: true });
  await store.noteTerms();
  control.log('The words of this library were made anew by the rules of this version.');
}

function groupsOf(versions: ReadonlyMap<string, { rows: number }>): { ids: string[]; rows: number }[] {
  const groups: { ids: string[]; rows: number }[] = [];
  for (const [id, { rows }] of versions) {
    const last = groups.at(-1);
    if (last && last.rows < passagesAtATime) {
      last.ids.push(id);
      last.rows += rows;
    } else groups.push({ ids: [id], rows });
  }
  return groups;
}
