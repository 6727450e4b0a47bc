/**
 * Searches the library's passages in memory as hybrid search does, to measure what neighbours are worth before an
 * adapter exists.
 */

import type { TrainingExample } from '../../llara/training/data/training-example.ts';
import type { PassageBank } from '../../llara/training/losses/bank-loss.ts';
import { expandQuery, feedbackCount } from '../../search/ranking/expand-query.ts';
import { neighbourScores, supportDepth, supportedScore } from '../../search/ranking/neighbour-support.ts';
import { type RankedPassage, rankPassages } from '../../search/ranking/rank-documents.ts';
import { wordWeight } from '../../search/ranking/word-weight.ts';
import type { FoundChunk } from '../../store/find-chunks.ts';
import { LexicalIndex } from '../pairs/lexical-index.ts';
import { listLength, nearestPassages } from '../training/nearest-passages.ts';

/** Part of a question that the best passage of an ordinary one holds. */
const usualCoverage = 0.45;

/** The library's passages, searched as the product searches them, with the plain lists of words that adaptation has. */
export class AskedLibrary {
  readonly #bank: Pick<PassageBank, 'vectors' | 'groups'>;
  readonly #words: LexicalIndex;

  constructor(bank: Pick<PassageBank, 'vectors' | 'groups'>, texts: readonly string[]) {
    this.#bank = bank;
    this.#words = new LexicalIndex(texts);
  }

  /**
   * Rank of the question's own document, 1 is best, for each of the weights that neighbours may have; infinite where it is not found. The words of
   * the question do not count where it was taken from: people seldom ask in a passage's own words.
   */
  ranks(
    { query, group, passage }: Pick<TrainingExample, 'query' | 'group' | 'passage'>,
    vector: Float32Array,
    weights: readonly number[],
  ): number[] {
    const lexical = this.#words
      .search(query, listLength, passage as number)
      .map(({ index, score }) => this.#found(index, score));
    const fuse = (dense: readonly FoundChunk[]) =>
      rankPassages(lexical, dense, { depth: listLength, wordWeight: wordWeight(usualCoverage, 1) });
    const first = fuse(this.#nearest(vector)).slice(0, feedbackCount);
    const ranked = fuse(this.#nearest(expandQuery(vector, this.#vectorsOf(first)))).slice(0, supportDepth);
    const scores = ranked.map(({ score }) => score.fused);
    const support = neighbourScores(scores, this.#vectorsOf(ranked));
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

  #nearest(vector: Float32Array): FoundChunk[] {
    const nearest = nearestPassages(vector, this.#bank.vectors);
    return nearest.map(({ index, score }) => this.#found(index, score));
  }

  #vectorsOf(ranked: readonly RankedPassage[]): Float32Array[] {
    return ranked.map(({ found }) => this.#bank.vectors[Number(found.chunkId)] as Float32Array);
  }

  #found(index: number, score: number): FoundChunk {
    const documentId = this.#bank.groups[index] as string;
    return { chunkId: `${index}`, documentId, score, words: null };
  }
}
