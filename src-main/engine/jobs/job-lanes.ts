/**
 * Lanes of work: in each, one piece runs after the other in the order of their coming. A piece that is held lets those
 * behind it pass, so that paused work which has not begun keeps nobody waiting.
 */

export interface LaneWork {
  isHeld(): boolean;
  /** Never rejects. */
  run(): Promise<void>;
}

type Lane = { waiting: LaneWork[]; running: Promise<void> | null };

export class JobLanes {
  readonly #lanes = new Map<string, Lane>();

  enqueue(name: string, work: LaneWork): void {
    const lane = this.#lanes.get(name) ?? { waiting: [], running: null };
    this.#lanes.set(name, lane);
    lane.waiting.push(work);
    // Later, so that the caller knows of the work before it begins.
    queueMicrotask(() => this.#proceedIn(lane));
  }

  /** Call it when something may be held no longer. */
  proceed(): void {
    for (const lane of this.#lanes.values()) this.#proceedIn(lane);
  }

  /** Resolves when nothing runs and nothing waits that could. */
  async settled(): Promise<void> {
    for (;;) {
      this.proceed();
      const running = [...this.#lanes.values()].flatMap((lane) => lane.running ?? []);
      if (running.length === 0) return;
      await Promise.all(running);
    }
  }

  #proceedIn(lane: Lane): void {
    if (lane.running) return;
    const index = lane.waiting.findIndex((work) => !work.isHeld());
    const [next] = index < 0 ? [] : lane.waiting.splice(index, 1);
    if (!next) return;
    lane.running = next.run().finally(() => {
      lane.running = null;
      this.#proceedIn(lane);
    });
  }
}
