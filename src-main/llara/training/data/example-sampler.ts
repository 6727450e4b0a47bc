/** Which examples a step sees: every example once per epoch, in an order that depends on the seed and the epoch alone. */
import { seededRandom, shuffled } from '../../../common/seeded-random.ts';

export class ExampleSampler {
  readonly #count: number;
  readonly #seed: number;
  #epoch = -1;
  #order: number[] = [];

  constructor(count: number, seed: number) {
    this.#count = count;
    this.#seed = seed;
  }

  /** Indices of batch number `batch`, counted from 0; a batch may span two epochs. */
  batch(batch: number, size: number): number[] {
    return Array.from({ length: size }, (_, offset) => this.#at(batch * size + offset));
  }

  #at(position: number): number {
    const epoch = Math.floor(position / this.#count);
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      const all = Array.from({ length: this.#count }, (_, index) => index);
      this.#order = shuffled(all, seededRandom(`${this.#seed} epoch ${epoch}`));
    }
    return this.#order[position % this.#count] as number;
  }
}
