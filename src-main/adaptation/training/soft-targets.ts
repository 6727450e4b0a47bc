/**
 * The soft targets of a query: a probability for each passage of the library. Its own passage gets a fixed part; passages that hold the query's words
 * (BM25) or resemble its own passage get the rest. Nothing is embedded for it: the vectors are those of the index.
 */

import type { TrainingExample } from '../../llara/training/data/training-example.ts';
import type { PassageBank, SoftTargets } from '../../llara/training/losses/bank-loss.ts';
import type { DocumentPassage } from '../adaptation-document.ts';
import { LexicalIndex } from '../pairs/lexical-index.ts';
import { listLength, nearestPassages } from './nearest-passages.ts';

export type EmbeddedPassage = DocumentPassage & { vector: Float32Array };

/** Of the passage that the query was made from, which is certain. The rest follows from words and likeness. */
const ownProbability = 0.2;
const wordsPart = 0.5;
/** Of scores between 0 and 1. */
const temperature = 0.1;
const smallestProbability = 1e-4;

type Scored = readonly { index: number; score: number }[];

export class SoftTargetBank implements PassageBank {
  readonly vectors: readonly Float32Array[];
  readonly groups: readonly string[];
  readonly #words: LexicalIndex;
  readonly #neighbours = new Map<number, Scored>();

  constructor(passages: readonly EmbeddedPassage[]) {
    this.vectors = passages.map(({ vector }) => vector);
    this.groups = passages.map(({ documentId }) => documentId);
    this.#words = new LexicalIndex(passages.map(({ text }) => text));
  }

  /** `example.passage` must name one of the passages. */
  softTargetsOf({ group, query, passage }: TrainingExample): SoftTargets {
    const own = passage as number;
    const scores = new Map<number, number>();
    const add = (list: Scored, part: number) => {
      for (const { index, score } of list) scores.set(index, (scores.get(index) ?? 0) + part * score);
    };
    const byWords = this.#words.search(query, listLength);
    // Beyond a list that was not cut off, nothing matches at all: the lowest score is 0.
    add(scaled(byWords, byWords.length < listLength ? 0 : byWords.at(-1)!.score), wordsPart);
    add(this.#like(own), 1 - wordsPart);
    const rivals = [...scores].filter(([index]) => index === own || this.groups[index] !== group);
    const weights = rivals.map(([index, score]) => [index, Math.exp(score / temperature)] as const);
    const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
    const probabilities = new Map<number, number>();
    for (const [index, weight] of weights) {
      const probability = ((1 - ownProbability) * weight) / total;
      if (probability >= smallestProbability) probabilities.set(index, probability);
    }
    const kept = [...probabilities.values()].reduce((sum, probability) => sum + probability, 0);
    probabilities.set(own, (probabilities.get(own) ?? 0) + 1 - kept);
    return {
      group,
      passages: Int32Array.from(probabilities.keys()),
      probabilities: Float32Array.from(probabilities.values()),
    };
  }

  /** The passages nearest to one, itself the first; looked up once, since every passage has several queries. */
  #like(own: number): Scored {
    const known = this.#neighbours.get(own);
    if (known) return known;
    const list = nearestPassages(this.vectors[own] as Float32Array, this.vectors);
    const neighbours = scaled(list, list.at(-1)!.score);
    this.#neighbours.set(own, neighbours);
    return neighbours;
  }
}

/** The best becomes 1, `lowest` 0. */
function scaled(list: Scored, lowest: number): Scored {
  const span = (list[0]?.score ?? 0) - lowest;
  return list.map(({ index, score }) => ({ index, score: span > 0 ? (score - lowest) / span : 1 }));
}
