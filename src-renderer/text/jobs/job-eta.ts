/** How long a job still takes, in words; empty before that can be told. */
import type { JobProgress } from '../../../src-main/contract/jobs.ts';
import { strings } from '../../strings.ts';
import { formatDuration } from '../format-duration.ts';

export function jobEta({ etaSeconds }: Pick<JobProgress, 'etaSeconds'>): string {
  if (etaSeconds === null) return '';
  return etaSeconds < 1 ? strings.jobs.almostDone : strings.jobs.eta(formatDuration(etaSeconds));
}

/** The same after the end of another sentence. */
export function jobEtaSentence(progress: Pick<JobProgress, 'etaSeconds'>): string {
  const eta = jobEta(progress);
  return eta.charAt(0).toLocaleUpperCase() + eta.slice(1);
}
