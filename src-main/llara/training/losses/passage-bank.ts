/**
 * Queries against a library whose vectors stay as they are: a softmax over all of its passages, drawn towards what each query should
 * find. Every passage is a negative, none has to be embedded, and what was indexed remains valid for the adapter that comes of it.
 */
import type { Backend } from '../../../native/ggml/backend.ts';
import type { TrainingExample } from '../data/training-example.ts';
import { BankProducts } from './bank-products.ts';

/** What a query should find: shares that sum to 1. */
export type BankTargets = {
  /** The document that the query is from: its other passages do not count as wrong. */
  readonly group: string;
  readonly passages: Int32Array;
  readonly shares: Float32Array;
};

export type PassageBank = {
  /** Unit vectors of the bare encoder. */
  readonly vectors: readonly Float32Array[];
  /** The document of each passage. */
  readonly groups: readonly string[];
  targetsOf(example: TrainingExample): BankTargets;
};

/**
 * Passages of documents that validate are not among those that are trained against: as wrong answers to every question they would be
 * pushed away, and the loss on their own questions would rise while the encoder gets better. Both count the passages of `training` alike.
 */
export type PassageBanks = { readonly training: PassageBank; readonly validation: PassageBank };

export type BankResult = { loss: number; queryGradients: Float32Array[] };

export class BankLoss {
  readonly #products: BankProducts;
  readonly #passagesOf: ReadonlyMap<string, readonly number[]>;

  /** Holds the vectors twice, on the device of the lanes. */
  constructor(lanes: readonly Backend[], { vectors, groups }: Pick<PassageBank, 'vectors' | 'groups'>) {
    this.#products = new BankProducts(lanes, vectors);
    this.#passagesOf = Map.groupBy(groups.keys(), (passage) => groups[passage] as string);
  }

  /** Mean cross-entropy between targets and softmax(q · v / temperature), and `weight` times its gradients at the queries. */
  async of(
    queries: readonly Float32Array[],
    targets: readonly BankTargets[],
    { temperature, weight }: { temperature: number; weight: number },
  ): Promise<BankResult> {
    const scores = await this.#products.scores(queries);
    let loss = 0;
    for (const [index, row] of scores.entries()) {
      loss += this.#toSlopes(row, targets[index] as BankTargets, temperature) / queries.length;
    }
    if (weight === 0) return { loss, queryGradients: queries.map(({ length }) => new Float32Array(length)) };
    const factor = weight / (temperature * queries.length);
    const sums = await this.#products.sums(scores);
    return { loss, queryGradients: sums.map((sum) => sum.map((value) => factor * value)) };
  }

  dispose(): void {
    this.#products.dispose();
  }

  /** Turns scores of one query into slopes of its loss by score · temperature, in place; returns the loss. */
  #toSlopes(row: Float32Array, { group, passages, shares }: BankTargets, temperature: number): number {
    const wanted = new Set(passages);
    for (const sibling of this.#passagesOf.get(group) ?? []) {
      if (!wanted.has(sibling)) row[sibling] = -Infinity;
    }
    let peak = -Infinity;
    for (let at = 0; at < row.length; at++) if (row[at]! > peak) peak = row[at]!;
    let loss = 0;
    passages.forEach((passage, at) => {
      loss -= (shares[at]! * (row[passage]! - peak)) / temperature;
    });
    let total = 0;
    for (let at = 0; at < row.length; at++) {
      const share = Math.exp((row[at]! - peak) / temperature);
      row[at] = share;
      total += share;
    }
    for (let at = 0; at < row.length; at++) row[at]! /= total;
    passages.forEach((passage, at) => {
      row[passage]! -= shares[at]!;
    });
    return loss + Math.log(total);
  }
}
