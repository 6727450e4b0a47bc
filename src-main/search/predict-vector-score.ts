/**
 * What score by vectors to expect of a passage that has no vector yet, from its score by words: while a library is being embedded, a passage must be
 * ranked beside those that have both. The line is that of the passages which words found and vectors could have found, for this question; where few of
 * them are there to tell, it leans on the line that held on average over the test collections.
 */

/** Both scores are scaled to 0…1 over their lists. The line of the collections, and how many passages of the question's own outweigh it. */
const usual = { start: 0.1, slope: 0.5 };
const usualCount = 20;

/** `pairs`: word score and vector score of passages that have both; one that vectors did not bring up has 0. */
export function vectorScorePredictor(
  pairs: readonly (readonly [words: number, vectors: number])[],
): (wordScore: number) => number {
  // Least squares towards the usual line: `usualCount` imagined passages lie on it, evenly over 0…1.
  const imagined = Array.from({ length: usualCount }, (_, index) => {
    const at = index / (usualCount - 1);
    return [at, usual.start + usual.slope * at] as const;
  });
  const points = [...imagined, ...pairs];
  const mean = (of: (point: readonly [number, number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const meanWords = mean(([words]) => words);
  const meanVectors = mean(([, vectors]) => vectors);
  const spread = mean(([words]) => (words - meanWords) ** 2);
  const slope = mean(([words, vectors]) => (words - meanWords) * (vectors - meanVectors)) / spread;
  return (wordScore) => Math.min(1, Math.max(0, meanVectors + slope * (wordScore - meanWords)));
}
