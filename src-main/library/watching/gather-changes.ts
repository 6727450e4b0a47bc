/** Makes one call of many changes: once they have ceased for a while, and at the latest some time after the first. */

export type GatherOptions = {
  /** Changes closer together than this are one. */
  quietMs: number;
  /** How long changes that never cease may wait. */
  latestMs: () => number;
};

export class ChangeGatherer {
  readonly #onChange: (isQuiet: boolean) => void;
  readonly #options: GatherOptions;
  #timer: NodeJS.Timeout | undefined;
  #firstAtMs = 0;

  /** `onChange` is told whether the changes have ceased. */
  constructor(onChange: (isQuiet: boolean) => void, options: GatherOptions) {
    this.#onChange = onChange;
    this.#options = options;
  }

  note(): void {
    const { quietMs, latestMs } = this.#options;
    const nowMs = performance.now();
    if (this.#timer === undefined) this.#firstAtMs = nowMs;
    clearTimeout(this.#timer);
    const leftMs = Math.max(0, this.#firstAtMs + latestMs() - nowMs);
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#onChange(quietMs <= leftMs);
      },
      Math.min(quietMs, leftMs),
    );
  }

  /** Nothing is called afterwards, unless something is noted. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
