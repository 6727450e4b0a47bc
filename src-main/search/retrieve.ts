/** Fetches candidates from the two retrievers, going deeper where passages drop out that the index could not rule out. */
import type { ChunkSet } from '../store/chunk-set.ts';
import type { FoundChunk } from '../store/find-chunks.ts';
import type { Narrowing } from './narrowing.ts';
import { lowerWords } from './text-words.ts';

const maxDepth = 20_000;

export async function retrieveByWords(
  set: ChunkSet,
  text: string,
  narrowing: Narrowing,
  depth: number,
): Promise<FoundChunk[]> {
  return await deepen(depth, async (limit) => {
    const found = await set.findByWords({
      text,
      excluded: narrowing.excludedWords,
      where: narrowing.where,
      limit,
      withWords: narrowing.needsText,
    });
    return { found, accepted: found.filter(narrowing.accepts) };
  });
}

export async function retrieveByVector(
  set: ChunkSet,
  vector: Float32Array,
  narrowing: Narrowing,
  depth: number,
): Promise<FoundChunk[]> {
  const { where, excludedWords } = narrowing;
  const withWords = narrowing.needsText || excludedWords.length > 0;
  return await deepen(depth, async (limit) => {
    const found = await set.findByVector(vector, { where, limit, withWords });
    const allowed = await withoutWords(set, found, excludedWords);
    return { found, accepted: allowed.filter(narrowing.accepts) };
  });
}

/** By stem, as the word index leaves them out. */
async function withoutWords(
  set: ChunkSet,
  found: FoundChunk[],
  excludedWords: readonly string[],
): Promise<FoundChunk[]> {
  if (excludedWords.length === 0) return found;
  const wordsOf = (text: string) => new Set(lowerWords(text));
  const excluded = excludedWords.flatMap((word) => [...wordsOf(word)]);
  const passages = found.map((chunk) => ({ chunk, words: [...wordsOf(chunk.words ?? '')] }));
  const stems = await set.stemsOf([...excluded, ...passages.flatMap(({ words }) => words)]);
  const excludedStems = new Set(excluded.map((word) => stems.get(word)).filter(Boolean));
  return passages
    .filter(({ words }) => !words.some((word) => excludedStems.has(stems.get(word))))
    .map(({ chunk }) => chunk);
}

async function deepen(
  depth: number,
  fetch: (limit: number) => Promise<{ found: FoundChunk[]; accepted: FoundChunk[] }>,
): Promise<FoundChunk[]> {
  for (let limit = depth; ; limit *= 4) {
    const { found, accepted } = await fetch(limit);
    const isExhausted = found.length < limit || limit >= maxDepth;
    if (accepted.length >= depth || isExhausted) return accepted.slice(0, depth);
  }
}
