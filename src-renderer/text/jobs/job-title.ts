/** What a job is called on the page. A download keeps the engine's title, for that names the model. */
import type { Job } from '../../../src-main/contract/jobs.ts';
import { strings } from '../../strings.ts';

export function jobTitle(job: Job): string {
  return strings.jobs.kinds[job.kind] ?? job.title;
}
