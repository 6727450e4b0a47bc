/**
 * A passage is the likelier to answer, the better those do that resemble it (regularised scores, Diaz, doi:10.1007/s10791-007-9034-8). Where
 * several documents speak of one subject this finds the others; where one passage alone answers it helps little. So how much it counts is
 * learnt from a library, with its adapter; without one it counts for nothing.
 */
import { dot } from '../../common/vectors/dot.ts';
import type { RankedPassage } from './rank-documents.ts';

/** Passages that take part, from the best down; so few that their vectors are read and compared within milliseconds. */
export const supportDepth = 50;
const neighbourCount = 8;
/** Of the cosine: near neighbours count for much more than far ones. */
const closenessPower = 4;

/**
 * `vectors`: unit vectors of the first passages of `ranked`, at most `supportDepth`. `weight`, 0…1, of each one's score then comes from its neighbours
 * among them. The first passage keeps its score and its place; no passage behind them can pass any of them.
 */
export function supportByNeighbours(
  ranked: readonly RankedPassage[],
  vectors: readonly Float32Array[],
  weight: number,
): RankedPassage[] {
  const taking = ranked.slice(0, vectors.length);
  const support = neighbourScores(
    taking.map(({ score }) => score.fused),
    vectors,
  );
  const supported = taking.map((passage, index) => {
    const { score } = passage;
    const fused = supportedScore(score.fused, support[index] as number, index, weight);
    return { ...passage, score: { ...score, fused } };
  });
  return [...supported.sort((a, b) => b.score.fused - a.score.fused), ...ranked.slice(vectors.length)];
}

export function supportedScore(score: number, support: number, index: number, weight: number): number {
  return index === 0 ? score : (1 - weight) * score + weight * support;
}

/** For each passage the mean score of the nearest others, nearer ones counting for more; its own where it has none. */
export function neighbourScores(scores: readonly number[], vectors: readonly Float32Array[]): number[] {
  return vectors.map((vector, index) => {
    const nearest = vectors
      .map((other, at) => ({ at, closeness: at === index ? 0 : Math.max(0, dot(vector, other)) }))
      .sort((a, b) => b.closeness - a.closeness || a.at - b.at)
      .slice(0, neighbourCount);
    let total = 0;
    let sum = 0;
    for (const { at, closeness } of nearest) {
      const part = closeness ** closenessPower;
      total += part;
      sum += part * (scores[at] as number);
    }
    return total > 0 ? sum / total : (scores[index] as number);
  });
}
