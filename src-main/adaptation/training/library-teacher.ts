/**
 * What each query should find in the library, as shares over its passages: its own passage, and beside it, less and less, those that
 * hold its words (BM25) or resemble its own. Nothing has to be embedded for it: the vectors are the index's own.
 */

import type { TrainingExample } from '../../llara/training/data/training-example.ts';
import type { BankTargets, PassageBank } from '../../llara/training/losses/passage-bank.ts';
import type { DocumentPassage } from '../adaptation-document.ts';
import { LexicalIndex } from '../pairs/lexical-index.ts';
import { listLength, nearestPassages } from './nearest-passages.ts';

export type TeachingPassage = DocumentPassage & { vector: Float32Array };

/** What is certain: the passage that the query was made from. The rest is shared out by words and likeness. */
const ownShare = 0.2;
const wordsPart = 0.5;
/** Of scores between 0 and 1. */
const temperature = 0.1;
const smallestShare = 1e-4;

type Scored = readonly { index: number; score: number }[];

export class LibraryTeacher implements PassageBank {
  readonly vectors: readonly Float32Array[];
  readonly groups: readonly string[];
  readonly #words: LexicalIndex;
  readonly #neighbours = new Map<number, Scored>();

  constructor(passages: readonly TeachingPassage[]) {
    this.vectors = passages.map(({ vector }) => vector);
    this.groups = passages.map(({ documentId }) => documentId);
    this.#words = new LexicalIndex(passages.map(({ text }) => text));
  }

  /** `example.passage` must name one of the passages. */
  targetsOf({ group, query, passage }: TrainingExample): BankTargets {
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
    const shares = new Map<number, number>();
    for (const [index, weight] of weights) {
      const share = ((1 - ownShare) * weight) / total;
      if (share >= smallestShare) shares.set(index, share);
    }
    const kept = [...shares.values()].reduce((sum, share) => sum + share, 0);
    shares.set(own, (shares.get(own) ?? 0) + 1 - kept);
    return { group, passages: Int32Array.from(shares.keys()), shares: Float32Array.from(shares.values()) };
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
