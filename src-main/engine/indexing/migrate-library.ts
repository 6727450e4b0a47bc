/** Brings a library that an earlier version of the product made into the present layout; it answers from the old one meanwhile. */
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';

export async function migrateLibrary(session: LibrarySession, control: JobControl): Promise<void> {
  if (!session.vectors.isOfEarlierLayout) return;
  await session.vectors.migrate({
    isKnown: (documentId) => session.documents.get(documentId) !== undefined,
    onProgress: async (done, total) => {
      control.report('moving', done, total, 'documents');
      await control.checkpoint();
    },
  });
  session.changed();
}
