/**
 * Makes one ranking of documents out of the passages that two retrievers found. The settings were chosen by measurement over
 * four collections at once; docs/search.md has the table.
 */
import { compareTexts } from '../../common/compare-texts.ts';
import type { ScoreParts } from '../../contract/search.ts';
import type { FoundChunk } from '../../store/find-chunks.ts';

export type RankedPassage = {
  found: FoundChunk;
  score: ScoreParts;
  /** How near each of its parts, in order, is to the question, where vectors found it. */
  partScores?: readonly number[];
  /** Vectors of its parts, where vectors found it. */
  windows?: Uint8Array;
};
export type RankedDocument = { documentId: string; score: number; passages: RankedPassage[] };

/**
 * `depth` is how many passages of either list count; `wordWeight` is the part of the score that comes from words. `hasVector` tells of a
 * passage whether vectors could have found it; all of them, unless it is given.
 */
export type FusionOptions = {
  depth: number;
  wordWeight: number;
  hasVector?: (found: FoundChunk) => boolean;
};

/** A document is as good as its best passage. `passages` come best first; so do documents, and the passages in each. */
export function rankDocuments(passages: readonly RankedPassage[]): RankedDocument[] {
  const documents = Map.groupBy(passages, ({ found }) => found.documentId);
  return Array.from(documents, ([documentId, passages]) => ({
    documentId,
    score: passages[0]!.score.fused,
    passages,
  }));
}

/**
 * A convex combination of both scores, each scaled to 0…1 over the first `depth` of its list. What these do not hold gets their lowest
 * score; but a passage that has no vector yet counts by its words alone, lest it be punished for waiting. Either list may be empty; both are
 * best first. What follows after the first `depth` changes nothing before it, so that whoever asks for more sees the same beginning.
 */
export function rankPassages(
  lexical: readonly FoundChunk[],
  dense: readonly FoundChunk[],
  { depth, wordWeight, hasVector = () => true }: FusionOptions,
): RankedPassage[] {
  const passages = new Map<string, RankedPassage>();
  const passageOf = (found: FoundChunk): RankedPassage => {
    const known = passages.get(found.chunkId);
    if (known) return known;
    const score = { fused: 0, lexical: null, lexicalRank: null, dense: null, denseRank: null };
    const passage: RankedPassage = { found, score };
    passages.set(found.chunkId, passage);
    return passage;
  };
  const wordsPart = dense.length === 0 ? 1 : lexical.length === 0 ? 0 : wordWeight;
  // Beyond a list of words that was not cut off, nothing matches at all: the lowest score is 0.
  const wordsScale = scaleOf(lexical, lexical.length < depth ? 0 : lexical[depth - 1]!.score);
  const vectorScale = scaleOf(dense, dense[Math.min(depth, dense.length) - 1]?.score ?? 0);
  for (const [index, found] of lexical.entries()) {
    const { score } = passageOf(found);
    score.lexical = found.score;
    score.lexicalRank = index + 1;
    score.fused += wordsPart * wordsScale(found.score);
  }
  for (const [index, found] of dense.entries()) {
    const passage = passageOf(found);
    const { score } = passage;
    if (found.partScores) passage.partScores = found.partScores;
    if (found.windows) passage.windows = found.windows;
    score.dense = found.score;
    score.denseRank = index + 1;
    score.fused += (1 - wordsPart) * vectorScale(found.score);
  }
  if (dense.length > 0) {
    // Ranked by the evidence there is: as if its vector agreed with its words.
    for (const found of lexical) {
      if (!hasVector(found)) passageOf(found).score.fused += (1 - wordsPart) * wordsScale(found.score);
    }
  }
  return [...passages.values()].sort(byScore);
}

/** Those beyond the depth have no score, and come by where they stand in the list that puts them first. */
const byScore = (a: RankedPassage, b: RankedPassage) =>
  b.score.fused - a.score.fused ||
  (a.score.fused === 0 ? bestRank(a) - bestRank(b) : 0) ||
  compareTexts(a.found.chunkId, b.found.chunkId);

const bestRank = ({ score: { lexicalRank, denseRank } }: RankedPassage) =>
  Math.min(lexicalRank ?? Number.MAX_VALUE, denseRank ?? Number.MAX_VALUE);

/** Maps `lowest` and the highest score of a list to 0 and 1, and what is below to 0. */
function scaleOf(list: readonly FoundChunk[], lowest: number): (score: number) => number {
  const span = (list[0]?.score ?? 1) - lowest;
  return (score) => (span > 0 ? Math.max(0, (score - lowest) / span) : 1);
}
