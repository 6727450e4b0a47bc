/**
 * Searches passages in memory as hybrid search does, to measure what an adapter, or the weight of neighbours, is worth to people, who ask by
 * words and vectors at once. Two things of the product are left out: names of documents and vectors of passages' parts.
 */

import { dot } from '../../common/vectors/dot.ts';
import type { PassageBank } from '../../llara/training/losses/bank-loss.ts';
import { expandQuery } from '../../search/ranking/expand-query.ts';
import { neighbourScores, supportDepth, supportedScore } from '../../search/ranking/neighbour-support.ts';
import { type RankedPassage, rankPassages } from '../../search/ranking/rank-documents.ts';
import { rankingSettings } from '../../search/ranking/ranking-settings.ts';
import { wordWeight } from '../../search/ranking/word-weight.ts';
import type { FoundChunk } from '../../store/find-chunks.ts';
import type { LexicalIndex } from '../pairs/lexical-index.ts';
import { listLength, nearestPassages } from '../training/nearest-passages.ts';

/** A question with one right document, `group`. */
export type Asked = {
  query: string;
  group: string;
  /** Index of the passage that the question was taken from. */
  passage: number;
  /** Whether the question's words do not count there: people seldom ask in a passage's own words. */
  isTakenOut: boolean;
  /** In the place of that passage's vector, where the question was taken out of its text. */
  standIn?: Float32Array | undefined;
};

/** The library's passages, searched as the product searches them, with the plain lists of words that adaptation has. */
export class AskedLibrary {
  readonly #vectors: readonly Float32Array[];
  readonly #groups: readonly string[];
  readonly #words: LexicalIndex;

  constructor({ vectors, groups }: Pick<PassageBank, 'vectors' | 'groups'>, words: LexicalIndex) {
    this.#vectors = vectors;
    this.#groups = groups;
    this.#words = words;
  }

  /**
   * Rank of the question's own document, 1 is best, for each of the weights that neighbours may have; infinite where it is not found.
   * `coverage`, 0…1, how much of the question the best passage holds: measured where it is not given.
   */
  ranks(asked: Asked, vector: Float32Array, weights: readonly number[], coverage?: number): number[] {
    const { group, standIn } = asked;
    const { hits, ceiling } = this.#words.answer(
      asked.query,
      listLength,
      asked.isTakenOut ? asked.passage : undefined,
    );
    const lexical = hits.map(({ index, score }) => this.#found(index, score));
    const covered = coverage ?? (ceiling > 0 ? (hits[0]?.score ?? 0) / ceiling : 1);
    const vectors = standIn ? this.#vectors.with(asked.passage, standIn) : this.#vectors;
    const nearest = (wanted: Float32Array) =>
      nearestPassages(wanted, vectors).map(({ index, score }) => this.#found(index, score));
    const vectorsOf = (ranked: readonly RankedPassage[]) =>
      ranked.map(({ found }) => vectors[Number(found.chunkId)] as Float32Array);
    const fuse = (dense: readonly FoundChunk[]) =>
      rankPassages(lexical, dense, { depth: listLength, wordWeight: wordWeight(covered, 1) });
    const first = fuse(nearest(vector)).slice(0, rankingSettings.feedback.count);
    const ranked = fuse(nearest(expandQuery(vector, vectorsOf(first)))).slice(0, supportDepth);
    const scores = ranked.map(({ score }) => score.fused);
    const support = weights.some((weight) => weight > 0)
      ? neighbourScores(scores, vectorsOf(ranked))
      : scores;
    return weights.map((weight) => {
      const supported = scores.map((score, index) =>
        supportedScore(score, support[index] as number, index, weight),
      );
      const own = Math.max(...supported.filter((_, index) => ranked[index]?.found.documentId === group));
      const better = ranked.filter(
        ({ found }, index) => found.documentId !== group && supported[index]! > own,
      );
      return own > -Infinity ? new Set(better.map(({ found }) => found.documentId)).size + 1 : Infinity;
    });
  }

  /** The same by vectors alone, as exact as that gets: how many other documents have a passage nearer than the question's own. */
  rankByVector({ group, passage, standIn }: Asked, vector: Float32Array): number {
    const threshold = dot(vector, standIn ?? (this.#vectors[passage] as Float32Array));
    const better = new Set<string>();
    this.#vectors.forEach((other, index) => {
      const owner = this.#groups[index] as string;
      if (owner !== group && dot(vector, other) > threshold) better.add(owner);
    });
    return better.size + 1;
  }

  #found(index: number, score: number): FoundChunk {
    const documentId = this.#groups[index] as string;
    return { chunkId: `${index}`, documentId, score, words: null };
  }
}
