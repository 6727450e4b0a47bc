/**
 * Turns filters, phrases and words that must not be there into the one condition under which both retrievers rank, and checks on the text
 * what the index cannot answer. It ranks nothing.
 */
import type { ChunkSet } from '../store/chunk-set.ts';
import type { FoundChunk } from '../store/find-chunks.ts';
import { isOneOf } from '../store/sql.ts';
import { analyseQuestion } from '../words/analyse-question.ts';
import { containsPhrase } from './contains-phrase.ts';
import { conditionToSql } from './filters/condition.ts';
import type { ParsedQuery } from './query-syntax.ts';

export type Narrowing = {
  where: string | null;
  /** Passages that hold one of these are left out. */
  excludedTerms: string[];
  /** Whether a passage must be read to know that it qualifies. */
  needsText: boolean;
  accepts: (found: FoundChunk) => boolean;
};

/** Passages that may hold a phrase; more than this many are not looked through. */
const maxPhrasePassages = 5000;

export async function narrow(set: ChunkSet, parsed: ParsedQuery): Promise<Narrowing & { notices: string[] }> {
  const notices: string[] = [];
  let where = conditionToSql(parsed.condition);
  if (parsed.phrases.length > 0) {
    const { ids, isComplete } = await passagesWithPhrases(set, parsed.phrases, where);
    where = isOneOf('chunkId', ids);
    if (!isComplete) {
      notices.push(
        `Very many passages hold the words of ${parsed.phrases.map((phrase) => `“${phrase}”`).join(' and ')}; only the ${maxPhrasePassages} that match best were looked through.`,
      );
    }
  }
  const { excludedPhrases, excludedWords } = parsed;
  return {
    where,
    excludedTerms: excludedWords.flatMap((word) => wholeWords(word, set.languages).flat()),
    needsText: excludedPhrases.length > 0,
    accepts: ({ words }) => !excludedPhrases.some((phrase) => words != null && containsPhrase(words, phrase)),
    notices,
  };
}

async function passagesWithPhrases(
  set: ChunkSet,
  phrases: readonly string[],
  where: string | null,
): Promise<{ ids: string[]; isComplete: boolean }> {
  const required = phrases.flatMap((phrase) => wholeWords(phrase, set.languages));
  const found = await set.findByWords({ required, where, limit: maxPhrasePassages, withWords: true });
  const holds = found.filter((chunk) => phrases.every((phrase) => containsPhrase(chunk.words ?? '', phrase)));
  return { ids: holds.map(({ chunkId }) => chunkId), isComplete: found.length < maxPhrasePassages };
}

/** The terms under which each word may be in the index. */
function wholeWords(text: string, languages: readonly string[]): (readonly string[])[] {
  return analyseQuestion(text, languages)
    .words.filter(({ isVariant }) => !isVariant)
    .map(({ terms }) => terms);
}
