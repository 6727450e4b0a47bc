/** Measures of one ranking, as trec_eval computes them. `ranking` holds document ids, best first, each once. */

type Grades = ReadonlyMap<string, number>;

/** nDCG with linear gain: Σ grade / log2(rank + 1), over the same sum of the best possible ranking. */
export function ndcg(ranking: readonly string[], grades: Grades, depth: number): number {
  const gain = (values: readonly number[]) =>
    values.slice(0, depth).reduce((sum, grade, index) => sum + Math.max(0, grade) / Math.log2(index + 2), 0);
  const ideal = gain([...grades.values()].sort((a, b) => b - a));
  return ideal > 0 ? gain(ranking.slice(0, depth).map((id) => grades.get(id) ?? 0)) / ideal : 0;
}

/** 1 / rank of the first relevant document, 0 where none is within `depth`. */
export function reciprocalRank(ranking: readonly string[], grades: Grades, depth: number): number {
  const index = ranking.slice(0, depth).findIndex((id) => (grades.get(id) ?? 0) > 0);
  return index < 0 ? 0 : 1 / (index + 1);
}

/** Part of the relevant documents that is within `depth`. */
export function recall(ranking: readonly string[], grades: Grades, depth: number): number {
  const relevant = new Set([...grades].filter(([, grade]) => grade > 0).map(([id]) => id));
  const found = ranking.slice(0, depth).filter((id) => relevant.has(id)).length;
  return relevant.size > 0 ? found / relevant.size : 0;
}

/** `sorted` ascending, `part` from 0 to 1; 0 of no values. */
export const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
