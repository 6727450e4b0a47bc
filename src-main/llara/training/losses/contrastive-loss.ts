/** InfoNCE over a batch of unit vectors: each query must find its own passage among all the batch's passages. */

import { dot } from '../../../common/vectors/dot.ts';

export type ContrastiveResult = {
  loss: number;
  queryGradients: Float32Array[];
  passageGradients: Float32Array[];
};

/**
 * `positives[i]` is the index of query i's passage; `allowed(i, j)` says whether passage j may serve as its negative
 * (texts of the same document may not: they are often answers too). Gradients are those of `weight` times the mean loss.
 */
export function contrastiveLoss(
  queries: readonly Float32Array[],
  passages: readonly Float32Array[],
  positives: readonly number[],
  options: { temperature: number; weight: number; allowed: (query: number, passage: number) => boolean },
): ContrastiveResult {
  const width = queries[0]?.length ?? 0;
  const queryGradients = queries.map(() => new Float32Array(width));
  const passageGradients = passages.map(() => new Float32Array(width));
  let loss = 0;
  queries.forEach((query, i) => {
    const positive = positives[i] as number;
    const scores = passages.map((passage, j) =>
      j === positive || options.allowed(i, j) ? dot(query, passage) / options.temperature : -Infinity,
    );
    const peak = Math.max(...scores);
    const total = scores.reduce((sum, score) => sum + Math.exp(score - peak), 0);
    loss += (Math.log(total) + peak - scores[positive]!) / queries.length;
    passages.forEach((passage, j) => {
      const probability = Math.exp(scores[j]! - peak) / total;
      const slope = probability - (j === positive ? 1 : 0);
      if (slope === 0) return;
      const factor = (options.weight * slope) / (options.temperature * queries.length);
      addScaled(queryGradients[i]!, passage, factor);
      addScaled(passageGradients[j]!, query, factor);
    });
  });
  return { loss, queryGradients, passageGradients };
}

export function addScaled(target: Float32Array, source: Float32Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * source[i]!;
}
