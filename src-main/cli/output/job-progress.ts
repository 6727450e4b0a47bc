/** Draws a job's progress on a terminal, and nothing anywhere else. */
import { createRequire } from 'node:module';
import type { SingleBar } from 'cli-progress';
import { roughDuration } from '../../common/texts/rough-duration.ts';
import type { Job, JobProgress } from '../../contract/jobs.ts';
import { phaseInWords } from '../../contract/tables/job-kinds.ts';
import type { Terminal } from './terminal.ts';

const barWidth = 24;

export class JobProgressBar {
  readonly #bar: SingleBar | null;
  #isStarted = false;
  /** Something to say after the numbers, such as the current loss. */
  suffix = '';

  constructor(terminal: Terminal) {
    const stream = terminal.progressStream;
    this.#bar = stream ? makeBar(stream) : null;
  }

  readonly show = ({ progress }: Job): void => {
    if (!this.#bar) return;
    const total = progress.total ?? 0;
    const payload = { progress, suffix: this.suffix };
    if (!this.#isStarted) this.#bar.start(total, progress.done, payload);
    this.#isStarted = true;
    this.#bar.setTotal(total);
    this.#bar.update(progress.done, payload);
  };

  stop(): void {
    if (this.#isStarted) this.#bar?.stop();
    this.#isStarted = false;
  }
}

/** Most commands draw none, so that the package is loaded for those that do. */
function makeBar(stream: NodeJS.WritableStream): SingleBar {
  const { SingleBar } = createRequire(import.meta.url)('cli-progress') as typeof import('cli-progress');
  return new SingleBar({ stream, fps: 10, clearOnComplete: true, hideCursor: true, format: formatBar });
}

function formatBar(
  _options: unknown,
  _params: unknown,
  payload: { progress: JobProgress; suffix: string },
): string {
  return [progressLine(payload.progress), payload.suffix].filter((part) => part !== '').join(' · ');
}

/** `reading  ━━━━━━──────  12/40 files · 3 s left` */
export function progressLine({ phase, done, total, unit, etaSeconds }: JobProgress): string {
  const words = phaseInWords(phase);
  if (total === null) return [words, done > 0 ? `${done} ${unit}` : '…'].join('  ');
  const filled = total === 0 ? barWidth : Math.min(barWidth, Math.round((done / total) * barWidth));
  const bar = '━'.repeat(filled) + '─'.repeat(barWidth - filled);
  const left = etaSeconds === null ? '' : ` · ${roughDuration(etaSeconds)} left`;
  return `${words}  ${bar}  ${done}/${total} ${unit}${left}`;
}
