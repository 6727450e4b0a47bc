/**
 * Makes one ranking of documents out of the passages that two retrievers found. The settings were chosen by measurement over
 * four collections at once; docs/search.md has the table.
 */
import type { ScoreParts } from '../contract/search.ts';
import type { FoundChunk } from '../store/find-chunks.ts';

export type RankedPassage = { found: FoundChunk; score: ScoreParts };
export type RankedDocument = { documentId: string; score: number; passages: RankedPassage[] };

/** Part of the fused score that comes from words; the rest comes from vectors. */
const lexicalWeight = 0.5;

/** Either list may be empty; both are best first. Documents and the passages in them come best first. */
export function rankDocuments(
  lexical: readonly FoundChunk[],
  dense: readonly FoundChunk[],
): RankedDocument[] {
  const passages = new Map<string, RankedPassage>();
  const passageOf = (found: FoundChunk): RankedPassage => {
    const known = passages.get(found.chunkId);
    if (known) return known;
    const score = { fused: 0, lexical: null, lexicalRank: null, dense: null, denseRank: null };
    const passage: RankedPassage = { found, score };
    passages.set(found.chunkId, passage);
    return passage;
  };
  const wordsWeight = dense.length === 0 ? 1 : lexical.length === 0 ? 0 : lexicalWeight;
  const wordsScale = scaleOf(lexical);
  const vectorScale = scaleOf(dense);
  for (const [index, found] of lexical.entries()) {
    const { score } = passageOf(found);
    score.lexical = found.score;
    score.lexicalRank = index + 1;
    score.fused += wordsWeight * wordsScale(found.score);
  }
  for (const [index, found] of dense.entries()) {
    const { score } = passageOf(found);
    score.dense = found.score;
    score.denseRank = index + 1;
    score.fused += (1 - wordsWeight) * vectorScale(found.score);
  }
  const documents = Map.groupBy(passages.values(), ({ found }) => found.documentId);
  return Array.from(documents, ([documentId, group]) => {
    group.sort(byScore);
    return { documentId, score: group[0]!.score.fused, passages: group };
  }).sort((a, b) => b.score - a.score || compare(a.documentId, b.documentId));
}

const byScore = (a: RankedPassage, b: RankedPassage) =>
  b.score.fused - a.score.fused || compare(a.found.chunkId, b.found.chunkId);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Maps the scores of a list to 0…1. */
function scaleOf(list: readonly FoundChunk[]): (score: number) => number {
  const highest = list[0]?.score ?? 1;
  const lowest = list.at(-1)?.score ?? 0;
  const span = highest - lowest;
  return (score) => (span > 0 ? (score - lowest) / span : 1);
}
