/** Runs writes one after another, in the order they were asked for; a failed one does not stop the next. */

export class WriteQueue {
  readonly #mayWrite: () => Promise<void>;
  #last: Promise<unknown> = Promise.resolve();

  /** `mayWrite` throws where nothing may be written. */
  constructor(mayWrite: () => Promise<void> = async () => {}) {
    this.#mayWrite = mayWrite;
  }

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(async () => {
      await this.#mayWrite();
      return await work();
    });
    // The caller gets the failure; the queue only needs to know that the work is over.
    this.#last = result.catch(() => {});
    return result;
  }

  /** Resolves once everything asked for so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
