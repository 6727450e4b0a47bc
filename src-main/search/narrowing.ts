/**
 * Turns filters and phrases into the one condition under which both retrievers rank, and checks on the text what the
 * index cannot answer. It ranks nothing.
 */
import type { ChunkSet } from '../store/chunk-set.ts';
import type { FoundChunk } from '../store/find-chunks.ts';
import { isOneOf, quoteIdentifier, quoteLiteral } from '../store/sql.ts';
import { conditionToSql } from './filters/condition.ts';
import type { ParsedQuery } from './query-syntax.ts';
import { containsPhrase, foldWord, textWords } from './text-words.ts';

export type Narrowing = {
  where: string | null;
  /** Passages that hold one of these, in any form, are left out. */
  excludedWords: string[];
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
  const { excludedPhrases } = parsed;
  return {
    where,
    excludedWords: parsed.excludedWords,
    needsText: excludedPhrases.length > 0,
    accepts: ({ words }) =>
      !excludedPhrases.some((phrase) => words !== null && containsPhrase(words, phrase)),
    notices,
  };
}

async function passagesWithPhrases(
  set: ChunkSet,
  phrases: readonly string[],
  where: string | null,
): Promise<{ ids: string[]; isComplete: boolean }> {
  const words = phrases.flatMap((phrase) => textWords(phrase).map(({ word }) => word));
  const stems = await set.stemsOf(words);
  const isIndexed = (phrase: string) => textWords(phrase).some(({ word }) => stems.get(word));
  const required = phrases.filter(isIndexed);
  if (required.length === 0) {
    // “to be or not to be” is all stop words: the index does not know them, so the text is scanned.
    const condition = [where, ...phrases.map(phraseToSql)].filter(Boolean).join(' AND ');
    const found = await set.findMatching(condition, maxPhrasePassages);
    return { ids: found.map(({ chunkId }) => chunkId), isComplete: found.length < maxPhrasePassages };
  }
  const found = await set.findByWords({
    text: '',
    required,
    where,
    limit: maxPhrasePassages,
    withWords: true,
  });
  const holds = found.filter((chunk) => phrases.every((phrase) => containsPhrase(chunk.words ?? '', phrase)));
  return { ids: holds.map(({ chunkId }) => chunkId), isComplete: found.length < maxPhrasePassages };
}

function phraseToSql(phrase: string): string {
  const words = textWords(phrase).map(({ word }) => foldWord(word));
  const pattern = `(?i)(^|[^\\pL\\pN])${words.join('[^\\pL\\pN]+')}([^\\pL\\pN]|$)`;
  return `regexp_like(${quoteIdentifier('words')}, ${quoteLiteral(pattern)})`;
}
