/** What a person is told when a job has come to its end: of a library in a file also where it is now. */
import type { Job } from '../../../src-main/contract/jobs.ts';
import { strings } from '../../strings.ts';
import { jobTitle } from './job-title.ts';

export function jobDone(job: Job): string {
  const { kind, library, result } = job;
  if (kind === 'export') return strings.exchange.exported(library ?? '', (result as { path: string }).path);
  if (kind === 'import') {
    const imported = result as { library: string; withIndex: boolean };
    return strings.exchange.imported(imported.library, imported.withIndex);
  }
  return strings.jobs.completed(jobTitle(job));
}
