/** Runs writes one after another, in the order they were asked for; a failed one does not stop the next. */

export class WriteQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    // The caller gets the failure; the queue only needs to know that the work is over.
    this.#last = result.catch(() => {});
    return result;
  }

  /** Resolves once everything asked for so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
