/**
 * Pauses heavy jobs while the machine runs on battery, and resumes them on mains power. Jobs that run or wait when
 * battery takes over are paused, and so are those that the program starts afterwards. A job that a person starts
 * or resumes on battery goes on.
 */

import type { Job } from '../../contract/jobs.ts';
import { factsOf } from '../../contract/tables/job-kinds.ts';

export interface BatteryActions {
  pause: string[];
  resume: string[];
}

export class BatteryPause {
  /** Each job is held once; a person who then resumes it is not gainsaid. */
  readonly #asked = new Set<string>();
  #holding = false;

  /** Call whenever the power source, the setting or a job changes. `jobs` are the unfinished ones. */
  update(power: { onBattery: boolean; pauseOnBattery: boolean }, jobs: Iterable<Job>): BatteryActions {
    const hold = power.onBattery && power.pauseOnBattery;
    const begins = hold && !this.#holding;
    this.#holding = hold;
    if (!hold) {
      this.#asked.clear();
      // Those of an earlier run of the program are among them: the job itself says why it is paused.
      const resume = [...jobs].filter((job) => job.state === 'paused' && job.pausedBy === 'battery');
      return { pause: [], resume: resume.map((job) => job.id) };
    }
    const pause = [...jobs]
      .filter((job) => job.state === 'running' || job.state === 'queued')
      .filter((job) => factsOf(job.kind).heavy && !this.#asked.has(job.id))
      .filter((job) => begins || job.startedBy === 'llara')
      .map((job) => job.id);
    for (const id of pause) this.#asked.add(id);
    return { pause, resume: [] };
  }
}
