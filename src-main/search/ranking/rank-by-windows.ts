/**
 * The order of the passages that vectors found, by their parts: a passage that speaks of several things has one vector for all of them, and what answers is
 * two sentences of it (docs/lab/windows.md). Parts are compared with the question itself, since feedback has moved it towards whole passages.
 */
import type { FoundChunk } from '../../store/find-chunks.ts';
import { scoresOfWindows } from '../../store/tables/packed-windows.ts';

/** Of the score that comes from the nearest part; the rest is the passage's own. */
export const windowWeight = 0.85;

/** `found` with windows, best first; so is what comes back, with the scores of the parts. `question` is a unit vector. */
export function rankByWindows(found: readonly FoundChunk[], question: Float32Array): FoundChunk[] {
  const scored = found.map(({ windows, ...chunk }) => {
    const partScores = windows ? scoresOfWindows(windows, question) : null;
    return partScores
      ? { chunk: { ...chunk, partScores }, best: Math.max(...partScores) }
      : { chunk, best: null };
  });
  // Those whose parts have no vectors yet are taken for as much nearer by their parts as the others are.
  const gains = scored.flatMap(({ chunk, best }) => (best === null ? [] : [best - chunk.score]));
  const usual = gains.length > 0 ? gains.reduce((sum, gain) => sum + gain, 0) / gains.length : 0;
  return scored
    .map(({ chunk, best }) => {
      const part = best ?? chunk.score + usual;
      return { ...chunk, score: (1 - windowWeight) * chunk.score + windowWeight * part };
    })
    .sort((a, b) => b.score - a.score);
}
