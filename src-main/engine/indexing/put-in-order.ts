/**
 * Maintenance of the tables within a job. Order makes searches quick and changes nothing that they find: where it fails, the job says so and
 * goes on, and the next index run looks for damage. A full or unwritable disk ends the job.
 */
import { AppError } from '../../common/app-error.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';

export async function putInOrder(
  session: LibrarySession,
  control: JobControl,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'disk-full' || error.code === 'path-not-readable')
      throw error;
    control.log(`The index could not be put in order and is slower until that succeeds: ${error.message}`);
    session.suspectDamage();
  }
}
