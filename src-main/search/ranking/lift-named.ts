/**
 * Documents whose names answer a question: they rise by how much of it their names hold, and come in where no passage of theirs was found.
 * A question that is a file's name finds that file first. A file that no text was read from, such as a scan, is found by its name alone.
 */
import type { FoundChunk } from '../../store/find-chunks.ts';
import type { RankedPassage } from './rank-documents.ts';

/** See `library/manifest/name-index.ts`, which makes them. */
export type NamedDocument = { documentId: string; coverage: number; precision: number; isExact: boolean };

/** Added to a score of 0…1: a name alone seldom outweighs a passage that answers, an exact one always does. */
const nameWeight = 0.35;
const minCoverage = 0.5;
/** More would be names that hold one common word. */
export const maxNamed = 20;

/** Stands for a document that has no passages. */
const noPassage = (documentId: string): FoundChunk => ({ chunkId: '', documentId, score: 0 });

/** 0…1; 0 for a name that says too little of the question. */
export function nameWorth({ coverage, precision, isExact }: NamedDocument): number {
  if (isExact) return 1;
  if (coverage < minCoverage) return 0;
  return ((coverage - minCoverage) / (1 - minCoverage)) * (0.5 + 0.5 * precision) * nameWeight;
}

/**
 * `firstPassages`: of named documents, by id; one that is missing there only rises where it was found, unless it is among those
 * without any text.
 */
export function liftNamed(
  passages: readonly RankedPassage[],
  named: readonly NamedDocument[],
  firstPassages: ReadonlyMap<string, FoundChunk>,
  withoutText: ReadonlySet<string> = new Set(),
): RankedPassage[] {
  const worth = new Map(named.map((document) => [document.documentId, nameWorth(document)]));
  const found = new Set(passages.map(({ found }) => found.documentId));
  const lifted: RankedPassage[] = passages.map((passage) => {
    const { found, score } = passage;
    return { ...passage, score: { ...score, fused: score.fused + (worth.get(found.documentId) ?? 0) } };
  });
  for (const [documentId, fused] of worth) {
    const first = firstPassages.get(documentId) ?? (withoutText.has(documentId) && noPassage(documentId));
    if (fused === 0 || !first || found.has(documentId)) continue;
    lifted.push({
      found: first,
      score: { fused, lexical: null, lexicalRank: null, dense: null, denseRank: null },
    });
  }
  const exact = new Set(named.filter(({ isExact }) => isExact).map(({ documentId }) => documentId));
  const isExact = ({ found }: RankedPassage) => Number(exact.has(found.documentId));
  return lifted.sort((a, b) => b.score.fused - a.score.fused || isExact(b) - isExact(a));
}
