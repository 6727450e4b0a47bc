/** Decides whether a crashed helper process is started again: a bounded number of times in a sliding window, then never by itself. */

export interface RestartLimits {
  maxRestarts: number;
  windowMs: number;
}

export type RestartDecision = { type: 'restart'; attempt: number; delayMs: number } | { type: 'give-up' };

export class RestartPolicy {
  readonly #limits: RestartLimits;
  #crashesAtMs: number[] = [];

  constructor(limits: RestartLimits = { maxRestarts: 3, windowMs: 5 * 60_000 }) {
    this.#limits = limits;
  }

  /** Call once per crash. The first restart is at once; each further one in the window waits twice as long. */
  decide(nowMs: number): RestartDecision {
    this.#crashesAtMs = this.#crashesAtMs.filter((atMs) => nowMs - atMs < this.#limits.windowMs);
    if (this.#crashesAtMs.length >= this.#limits.maxRestarts) return { type: 'give-up' };
    this.#crashesAtMs.push(nowMs);
    const attempt = this.#crashesAtMs.length;
    return { type: 'restart', attempt, delayMs: attempt === 1 ? 0 : 500 * 2 ** (attempt - 1) };
  }

  /** Forgets past crashes, after a person asked for a restart. */
  reset(): void {
    this.#crashesAtMs = [];
  }
}
