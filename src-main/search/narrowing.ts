/**
 * Turns filters, phrases and words that must not be there into the one condition under which both retrievers rank, and checks on the text
 * what the index cannot answer. It ranks nothing.
 */
import type { ManifestCondition } from '../library/manifest/document-values.ts';
import type { ChunkSet } from '../store/chunk-set.ts';
import type { FoundChunk } from '../store/find-chunks.ts';
import { isOneOf } from '../store/sql.ts';
import { analyseQuestion } from '../words/analyse-question.ts';
import { containsPhrase } from './contains-phrase.ts';
import type { TextLeaf } from './filters/condition.ts';
import { type ResolvedCondition, resolveCondition } from './filters/resolve-condition.ts';
import type { ParsedQuery } from './query-syntax.ts';

export type Narrowing = {
  where: string | null;
  /** Passages that hold one of these are left out. */
  excludedTerms: string[];
  /** Whether a passage must be read to know that it qualifies. */
  needsText: boolean;
  accepts: (found: FoundChunk) => boolean;
};

/** Ids of the documents that meet a condition on what the manifest knows. */
export type DocumentsWhere = (condition: ManifestCondition) => readonly string[];

/** Passages that may hold a phrase; more than this many are not looked through. */
const maxPhrasePassages = 5000;

export async function narrow(
  set: ChunkSet,
  parsed: ParsedQuery,
  documentsWhere?: DocumentsWhere,
): Promise<Narrowing & { notices: string[] }> {
  const notices: string[] = [];
  const narrowed = await narrowByFilters(set, parsed, documentsWhere, notices);
  const { onlyDocuments } = narrowed;
  let { where } = narrowed;
  if (parsed.phrases.length > 0) {
    const ids = await passagesWithPhrases(set, parsed.phrases, where, notices);
    where = isOneOf('chunkId', ids);
  }
  const { excludedPhrases, excludedWords } = parsed;
  return {
    where,
    excludedTerms: excludedWords.flatMap((word) => wholeWords(word, set.languages).flat()),
    needsText: excludedPhrases.length > 0,
    accepts: ({ documentId, words }) =>
      (onlyDocuments?.has(documentId) ?? true) &&
      !excludedPhrases.some((phrase) => words != null && containsPhrase(words, phrase)),
    notices,
  };
}

/** What the condition alone narrows to; notices say what was not looked through. */
export function narrowByFilters(
  set: ChunkSet,
  { condition }: Pick<ParsedQuery, 'condition'>,
  documentsWhere: DocumentsWhere = () => [],
  notices: string[] = [],
): Promise<ResolvedCondition> {
  return resolveCondition(condition, {
    documentsWhere,
    allDocuments: () => set.documentIds(),
    passagesWith: (leaf) => passagesWith(set, leaf, notices),
  });
}

async function passagesWith(
  set: ChunkSet,
  { text, isPhrase }: TextLeaf,
  notices: string[],
): Promise<string[]> {
  if (isPhrase) return await passagesWithPhrases(set, [text], null, notices);
  const required = wholeWords(text, set.languages);
  const found = await set.findByWords({ required, limit: maxPhrasePassages });
  if (found.length >= maxPhrasePassages) notices.push(tooMany([text]));
  return found.map(({ chunkId }) => chunkId);
}

async function passagesWithPhrases(
  set: ChunkSet,
  phrases: readonly string[],
  where: string | null,
  notices: string[],
): Promise<string[]> {
  const required = phrases.flatMap((phrase) => wholeWords(phrase, set.languages));
  const found = await set.findByWords({ required, where, limit: maxPhrasePassages, withWords: true });
  const holds = found.filter((chunk) => phrases.every((phrase) => containsPhrase(chunk.words ?? '', phrase)));
  if (found.length >= maxPhrasePassages) notices.push(tooMany(phrases));
  return holds.map(({ chunkId }) => chunkId);
}

const tooMany = (texts: readonly string[]): string =>
  `Very many passages hold the words of ${texts.map((text) => `“${text}”`).join(' and ')}; only the ${maxPhrasePassages} that match best were looked through.`;

/** The terms under which each word may be in the index. */
function wholeWords(text: string, languages: readonly string[]): (readonly string[])[] {
  return analyseQuestion(text, languages)
    .words.filter(({ isVariant }) => !isVariant)
    .map(({ terms }) => terms);
}
