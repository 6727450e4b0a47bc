/**
 * The order of the first passages after a second look: a reranker has read each of them together with the question. Its score and the fused one count
 * alike, so that an identifier which words have found is not given away by a model that knows nothing of it.
 */
import type { RankedPassage } from './rank-documents.ts';

/** How well each text answers the question, in the texts' order, or the first of them where time is short; only differences mean something. */
export type Rerank = (question: string, texts: readonly string[], signal?: AbortSignal) => Promise<number[]>;

/** Of the score that comes from the reranker; nobody has measured another one. */
const rerankWeight = 0.5;

/**
 * `scores`: of the first passages of `ranked`, by index; those without one keep their score and stay behind. Both scores are scaled to 0…1 over
 * the passages that take part, and what they give together is scaled back to where the fused ones lay, so that no passage behind can pass.
 */
export function rerankPassages(
  ranked: readonly RankedPassage[],
  scores: readonly number[],
  weight: number = rerankWeight,
): RankedPassage[] {
  const taking = ranked.slice(0, scores.length);
  const fused = taking.map(({ score }) => score.fused);
  const lowest = Math.min(...fused);
  const span = Math.max(...fused) - lowest;
  const fusedScale = scaleOf(fused);
  const rerankScale = scaleOf(scores);
  const seen = taking.map((passage, index) => {
    const reranked = scores[index] as number;
    const worth = (1 - weight) * fusedScale(fused[index] as number) + weight * rerankScale(reranked);
    return {
      worth,
      passage: { ...passage, score: { ...passage.score, fused: lowest + span * worth, reranked } },
    };
  });
  seen.sort((a, b) => b.worth - a.worth);
  return [...seen.map(({ passage }) => passage), ...ranked.slice(scores.length)];
}

/** Maps the lowest and the highest of the values to 0 and 1; where all are alike none stands out. */
function scaleOf(values: readonly number[]): (value: number) => number {
  const lowest = Math.min(...values);
  const span = Math.max(...values) - lowest;
  return (value) => (span > 0 ? (value - lowest) / span : 0);
}
