/**
 * Queries against a library whose vectors stay as they are: a softmax over all of its passages, against soft targets.
 * Every passage is a negative and none has to be embedded again: vectors as indexed stay valid with the adapter that is trained.
 */
import type { Backend } from '../../../native/ggml/backend.ts';
import type { TrainingExample } from '../data/training-example.ts';
import { BankProducts } from './bank-products.ts';

/** A distribution over passages that a query is trained towards (a fixed teacher's, in place of one right answer). */
export type SoftTargets = {
  /** The document that the query is from: its other passages do not count as wrong. */
  readonly group: string;
  readonly passages: Int32Array;
  /** Sum to 1; one for each of `passages`. */
  readonly probabilities: Float32Array;
};

export type PassageBank = {
  /** Unit vectors of the bare encoder. */
  readonly vectors: readonly Float32Array[];
  /** The document of each passage. */
  readonly groups: readonly string[];
  softTargetsOf(example: TrainingExample): SoftTargets;
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

  /** Mean cross-entropy between soft targets and softmax(q · v / temperature), and `weight` times its gradients at the queries. */
  async of(
    queries: readonly Float32Array[],
    targets: readonly SoftTargets[],
    { temperature, weight }: { temperature: number; weight: number },
  ): Promise<BankResult> {
    const scores = await this.#products.scores(queries);
    let loss = 0;
    for (const [index, row] of scores.entries()) {
      loss += this.#toSlopes(row, targets[index] as SoftTargets, temperature) / queries.length;
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
  #toSlopes(row: Float32Array, { group, passages, probabilities }: SoftTargets, temperature: number): number {
    const wanted = new Set(passages);
    for (const sibling of this.#passagesOf.get(group) ?? []) {
      if (!wanted.has(sibling)) row[sibling] = -Infinity;
    }
    let peak = -Infinity;
    for (let at = 0; at < row.length; at++) if (row[at]! > peak) peak = row[at]!;
    let loss = 0;
    passages.forEach((passage, at) => {
      loss -= (probabilities[at]! * (row[passage]! - peak)) / temperature;
    });
    let total = 0;
    for (let at = 0; at < row.length; at++) {
      const weight = Math.exp((row[at]! - peak) / temperature);
      row[at] = weight;
      total += weight;
    }
    for (let at = 0; at < row.length; at++) row[at]! /= total;
    passages.forEach((passage, at) => {
      row[passage]! -= probabilities[at]!;
    });
    return loss + Math.log(total);
  }
}
