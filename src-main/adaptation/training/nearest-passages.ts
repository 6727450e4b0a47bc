/** Exact search over vectors in memory, for the few thousand passages that adaptation compares with. */
import { dot } from '../../common/vectors/dot.ts';

/** As many passages as a search considers on either side. */
export const listLength = 150;

/** The `listLength` best by dot product with `vector`, best first; more only where scores at the end are equal. */
export function nearestPassages(
  vector: Float32Array,
  passages: readonly Float32Array[],
): { index: number; score: number }[] {
  const scores = Float64Array.from(passages, (passage) => dot(vector, passage));
  const lowest = scores.toSorted().at(-listLength) ?? -Infinity;
  const nearest: { index: number; score: number }[] = [];
  scores.forEach((score, index) => {
    if (score >= lowest) nearest.push({ index, score });
  });
  return nearest.sort((a, b) => b.score - a.score);
}
