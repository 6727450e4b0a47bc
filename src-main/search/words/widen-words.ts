/** A second search by words, with those of like meaning, where the first covered little of the question. */
import type { FoundChunk } from '../../store/find-chunks.ts';
import { leastCoverage, type RelatedWords, withRelatedWords, wordsToRelate } from './related-words.ts';
import type { WeighedQuestion } from './weigh-question.ts';

export type WordSearch = { question: WeighedQuestion; found: FoundChunk[] };

export type WidenOptions = {
  passageTotal: number;
  /** Without it nothing is added. */
  related?: RelatedWords | undefined;
  search: (question: WeighedQuestion) => Promise<FoundChunk[]>;
  signal?: AbortSignal | undefined;
};

export async function widenWords(
  asTyped: WordSearch,
  { passageTotal, related, search, signal }: WidenOptions,
): Promise<WordSearch> {
  const { ceiling } = asTyped.question;
  const coverage = ceiling > 0 ? (asTyped.found[0]?.score ?? 0) / ceiling : 1;
  if (!related || coverage >= leastCoverage) return asTyped;
  const alike = await related(wordsToRelate(asTyped.question), signal);
  const question = withRelatedWords(asTyped.question, alike, passageTotal);
  return question === asTyped.question ? asTyped : { question, found: await search(question) };
}
