/** Ranks documents by the vectors of their passages, for what is measured without a store. */
import { dot } from '../../../src-main/common/vectors/dot.ts';

/** The ten best, best first; a document is as good as its best passage. */
export function rankDocuments(
  question: Float32Array,
  passages: readonly Float32Array[],
  documentIds: readonly string[],
): string[] {
  const best = new Map<string, number>();
  for (const [index, vector] of passages.entries()) {
    const id = documentIds[index]!;
    const score = dot(question, vector);
    if (score > (best.get(id) ?? -2)) best.set(id, score);
  }
  return Array.from(best)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 10)
    .map(([id]) => id);
}
