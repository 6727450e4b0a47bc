/**
 * Which rows of a long document are on the page: some hundred around the one that is looked for, and more on request. A table of fifty
 * thousand rows would otherwise be laid out whole before the first is seen.
 */

export class ShownPart {
  from = $state(0);
  to = $state(0);
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** Of `count` rows, those around `at`; what is shown already stays where it holds that row. */
  around(at: number, count: number): void {
    if (at >= this.from && at < this.to && this.to <= count) return;
    this.from = Math.max(0, at - Math.floor(this.#size / 2));
    this.to = Math.min(count, this.from + this.#size);
  }

  /** Of another document or sheet. */
  reset(at: number, count: number): void {
    this.from = 0;
    this.to = 0;
    this.around(at, count);
  }

  earlier(): void {
    this.from = Math.max(0, this.from - this.#size);
  }

  later(count: number): void {
    this.to = Math.min(count, this.to + this.#size);
  }
}
