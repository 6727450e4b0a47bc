/** How far a job is, in words: its phase, and how much of it is done. Parts that would tell nothing are left out. */
import type { JobProgress } from '../../../src-main/contract/jobs.ts';
import { strings } from '../../strings.ts';
import { formatBytes } from '../format-bytes.ts';
import { formatNumber } from '../format-number.ts';

export function jobPhase({ phase }: Pick<JobProgress, 'phase'>): string {
  return strings.jobs.phases[phase];
}

export function jobProgressText(progress: JobProgress): string[] {
  return [jobPhase(progress), jobAmount(progress)].filter((part) => part !== '');
}

export function jobAmount({ done, total, unit }: JobProgress): string {
  if (total === null && done === 0) return '';
  if (unit === 'bytes') {
    return total === null ? formatBytes(done) : strings.jobs.share(formatBytes(done), formatBytes(total));
  }
  const words =
    total === null ? formatNumber(done) : strings.jobs.share(formatNumber(done), formatNumber(total));
  return `${words} ${strings.jobs.units[unit]?.(total ?? done) ?? unit}`.trim();
}
