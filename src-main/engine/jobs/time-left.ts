/**
 * Estimates how long a phase still takes from its recent pace. Work comes unevenly, a hundred notes and then one thick
 * book, so that older progress counts less and less instead of not at all, and nothing is said before there is a pace.
 */

/** Progress this long ago counts 1/e of what is done now. */
const memorySeconds = 30;
const leastSeconds = 2;
const leastSteps = 3;

export class TimeLeft {
  #last: { done: number; atMs: number } | null = null;
  #elapsedSeconds = 0;
  #steps = 0;
  /** Units done and seconds spent, both weighted by how recent they are. */
  #weightedDone = 0;
  #weightedSeconds = 0;

  /**
   * Call with each report, `done` of `total` units at `nowMs`. Returns seconds, or null while there is no telling: before
   * some steps and seconds have passed, and where `total` is unknown. Work that starts over is timed afresh.
   */
  note(done: number, total: number | null, nowMs: number): number | null {
    if (this.#last === null || done < this.#last.done) {
      this.reset();
      this.#last = { done, atMs: nowMs };
      return null;
    }
    const seconds = (nowMs - this.#last.atMs) / 1000;
    const kept = Math.exp(-seconds / memorySeconds);
    const advance = done - this.#last.done;
    this.#weightedDone = this.#weightedDone * kept + advance;
    this.#weightedSeconds = this.#weightedSeconds * kept + seconds;
    this.#elapsedSeconds += seconds;
    if (advance > 0) this.#steps += 1;
    this.#last = { done, atMs: nowMs };
    const isKnown =
      this.#steps >= leastSteps && this.#elapsedSeconds >= leastSeconds && this.#weightedDone > 0;
    if (total === null || !isKnown) return null;
    return (Math.max(0, total - done) * this.#weightedSeconds) / this.#weightedDone;
  }

  /** After a pause or with a new phase. */
  reset(): void {
    this.#last = null;
    this.#elapsedSeconds = 0;
    this.#steps = 0;
    this.#weightedDone = 0;
    this.#weightedSeconds = 0;
  }
}
