/**
 * Pauses running work when the machine goes on battery, and resumes what it paused on mains power.
 * Work that a person starts or resumes on battery goes on: that was their wish.
 */
import type { Job } from '../../contract/jobs.ts';

export interface BatteryActions {
  pause: string[];
  resume: string[];
}

export class BatteryPause {
  readonly #paused = new Set<string>();
  #pausing = false;

  /** Call whenever the power source, the setting or the engine's connection changes. */
  update(power: { onBattery: boolean; pauseOnBattery: boolean }, jobs: Iterable<Job>): BatteryActions {
    const shouldPause = power.onBattery && power.pauseOnBattery;
    if (shouldPause === this.#pausing) return { pause: [], resume: [] };
    this.#pausing = shouldPause;
    if (!shouldPause) {
      const byId = new Map([...jobs].map((job) => [job.id, job]));
      const resume = [...this.#paused].filter((id) => byId.get(id)?.state === 'paused');
      this.#paused.clear();
      return { pause: [], resume };
    }
    const pause = [...jobs].filter((job) => isHeavy(job) && job.state === 'running').map((job) => job.id);
    for (const id of pause) this.#paused.add(id);
    return { pause, resume: [] };
  }
}

/** A download costs little; the rest computes. */
function isHeavy(job: Job): boolean {
  return job.kind !== 'download';
}
