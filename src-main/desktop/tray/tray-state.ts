/** What the tray says: one icon, one sentence, and whether work can be paused or resumed. Drawing it is tray.ts's part. */
import { roughDuration } from '../../common/texts/rough-duration.ts';
import type { EngineState } from '../../contract/desktop-shell.ts';
import type { Job } from '../../contract/jobs.ts';
import { phaseInWords } from '../../contract/tables/job-kinds.ts';

export type TrayIcon = 'idle' | 'busy' | 'paused' | 'problem';

export interface TrayState {
  icon: TrayIcon;
  sentence: string;
  /** Ids of the jobs that the menu entry pauses, or resumes; both empty when there is no work. */
  pausable: string[];
  resumable: string[];
}

export function trayState(engine: EngineState, jobs: Iterable<Job>): TrayState {
  if (engine.type === 'gone') return idle('problem', 'The search engine has stopped');
  if (engine.type === 'restarting') return idle('problem', 'The search engine is starting again');
  if (engine.type === 'starting') return idle('idle', 'Starting');
  const all = [...jobs];
  const pausable = all.filter((job) => job.state === 'running' || job.state === 'queued');
  const resumable = all.filter((job) => job.state === 'paused');
  const first = pausable.find((job) => job.state === 'running') ?? pausable[0] ?? resumable[0];
  if (!first) return idle('idle', 'Ready to search');
  const others = all.length > 1 ? ` and ${all.length - 1} more` : '';
  return {
    icon: pausable.length > 0 ? 'busy' : 'paused',
    sentence: `${describeJob(first)}${others}`,
    pausable: pausable.map((job) => job.id),
    resumable: resumable.map((job) => job.id),
  };
}

/** One line such as `Index default: 40 %, about 3 min left`. */
export function describeJob(job: Job): string {
  if (job.state === 'paused') return `${job.title}: paused${job.pausedBy === 'battery' ? ' on battery' : ''}`;
  if (job.state === 'queued') return `${job.title}: waiting`;
  const { done, total, etaSeconds } = job.progress;
  const share = total
    ? `${Math.floor((100 * Math.min(done, total)) / total)} %`
    : phaseInWords(job.progress.phase);
  const left = etaSeconds === null ? '' : `, about ${roughDuration(etaSeconds)} left`;
  return `${job.title}: ${share}${left}`;
}

function idle(icon: TrayIcon, sentence: string): TrayState {
  return { icon, sentence, pausable: [], resumable: [] };
}
