/**
 * The order of the passages that vectors found, by their parts: a passage that speaks of several things has one vector for all of them, and what answers is
 * two sentences of it (docs/lab/windows.md). Parts are compared with the question itself, since feedback has moved it towards whole passages.
 */
import type { FoundChunk } from '../../store/find-chunks.ts';
import { scoresOfWindows } from '../../store/tables/packed-windows.ts';
import { type RankingSettings, rankingSettings } from './ranking-settings.ts';

/**
 * `found` with windows, best first; so is what comes back, with the scores of the parts. `question` is a unit vector. Those behind the first `depth` follow as
 * they are, so that the beginning does not depend on how many are asked for.
 */
export function rankByWindows(
  found: readonly FoundChunk[],
  question: Float32Array,
  { partShare: share, depth }: Pick<RankingSettings, 'partShare' | 'depth'> = rankingSettings,
): FoundChunk[] {
  const scored = found.slice(0, depth).map((chunk) => {
    const { windows } = chunk;
    const partScores = windows ? scoresOfWindows(windows, question) : null;
    return partScores
      ? { chunk: { ...chunk, partScores }, best: Math.max(...partScores) }
      : { chunk, best: null };
  });
  // Those whose parts have no vectors yet are taken for as much nearer by their parts as the others are.
  const gains = scored.flatMap(({ chunk, best }) => (best === null ? [] : [best - chunk.score]));
  const usual = gains.length > 0 ? gains.reduce((sum, gain) => sum + gain, 0) / gains.length : 0;
  const ordered = scored
    .map(({ chunk, best }) => {
      const part = best ?? chunk.score + usual;
      return { ...chunk, score: (1 - share) * chunk.score + share * part };
    })
    .sort((a, b) => b.score - a.score);
  const least = ordered.at(-1)?.score ?? 0;
  const rest = found
    .slice(depth)
    .map(({ windows, ...chunk }) => ({ ...chunk, score: Math.min(chunk.score, least) }));
  return [...ordered, ...rest];
}
