/** Fetches candidates from the two retrievers, going deeper where passages drop out that the index could not rule out. */
import type { ChunkSet } from '../store/chunk-set.ts';
import type { FoundChunk } from '../store/find-chunks.ts';
import type { Narrowing } from './narrowing.ts';
import type { WeighedQuestion } from './words/weigh-question.ts';

const maxDepth = 20_000;
/** A passage this near to the best one holds more than words of grammar. */
const maxIdlePart = 0.3;
/** Scores are sums in single precision: the passage that holds every word of grammar best may come out a little above their sum. */
const rounding = 1 + 1e-5;

export async function retrieveByWords(
  set: ChunkSet,
  { clauses, idleScore }: Pick<WeighedQuestion, 'clauses' | 'idleScore'>,
  narrowing: Narrowing,
  depth: number,
): Promise<FoundChunk[]> {
  return await deepen(depth, async (limit) => {
    const found = await set.findByWords({
      any: clauses,
      excluded: narrowing.excludedTerms,
      where: narrowing.where,
      limit,
      withWords: narrowing.needsText,
    });
    const least = Math.min(idleScore * rounding, (found[0]?.score ?? 0) * maxIdlePart);
    return { found, accepted: found.filter((chunk) => chunk.score > least && narrowing.accepts(chunk)) };
  });
}

export async function retrieveByVector(
  set: ChunkSet,
  vector: Float32Array,
  narrowing: Narrowing,
  { depth, withWindows }: { depth: number; withWindows: boolean },
): Promise<FoundChunk[]> {
  const { where, excludedTerms } = narrowing;
  const withWords = narrowing.needsText || excludedTerms.length > 0;
  return await deepen(depth, async (limit) => {
    const found = await set.findByVector(vector, { where, limit, withWords, withWindows });
    const allowed = found.filter(({ terms }) => !holdsAny(terms ?? '', excludedTerms));
    return { found, accepted: allowed.filter(narrowing.accepts) };
  });
}

function holdsAny(terms: string, excluded: readonly string[]): boolean {
  if (excluded.length === 0) return false;
  const held = new Set(terms.split(' '));
  return excluded.some((term) => held.has(term));
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
