/** A second search by words, with those of like meaning, where the first covered little of the question. */
import type { ChunkSet } from '../store/chunk-set.ts';
import type { FoundChunk } from '../store/find-chunks.ts';
import type { Narrowing } from './narrowing.ts';
import { retrieveByWords } from './retrieve.ts';
import { leastCoverage, type RelatedWords, withRelatedWords, wordsToRelate } from './words/related-words.ts';
import type { WeighedQuestion } from './words/weigh-question.ts';

export type WordSearch = { question: WeighedQuestion; found: FoundChunk[] };

export async function widenWords(
  { set, related }: { set: ChunkSet; related?: RelatedWords },
  asTyped: WordSearch,
  { narrowing, depth, signal }: { narrowing: Narrowing; depth: number; signal?: AbortSignal | undefined },
): Promise<WordSearch> {
  const { ceiling } = asTyped.question;
  const coverage = ceiling > 0 ? (asTyped.found[0]?.score ?? 0) / ceiling : 1;
  if (!related || coverage >= leastCoverage) return asTyped;
  const alike = await related(wordsToRelate(asTyped.question), signal);
  const question = await withRelatedWords(asTyped.question, alike, set);
  if (question === asTyped.question) return asTyped;
  return { question, found: await retrieveByWords(set, question, narrowing, depth) };
}
