/**
 * Where no passage holds much of a question's words, it was asked in other words than the documents use: words of the library that mean nearly
 * the same are asked for beside them, each counting by its likeness (Kuzi, Shtok & Kurland, doi:10.1145/2983323.2983876). The likeness is the
 * encoder's own; docs/lab/related-words.md has what it brings.
 */
import { idf, informationOf, type WeighedQuestion, type WeighedWord } from './weigh-question.ts';
import type { RelatedWord } from './word-bank.ts';

/** A word of a question: as it was typed or set right, in lower case, and those of its terms that the library holds. */
export type AskedWord = { text: string; terms: readonly string[] };

/** For each of the words that are known, by its text, those of the library that mean nearly the same, the likest first. */
export type RelatedWords = (
  words: readonly AskedWord[],
  signal?: AbortSignal,
) => Promise<ReadonlyMap<string, readonly RelatedWord[]>>;

/** Below this coverage related words are asked for; where words cover more, they need no help. */
export const leastCoverage = 0.4;
/** A related word of full likeness counts so much beside the word that was asked for, one of `noLikeness` nothing. */
const fullStrength = 0.7;
const noLikeness = 0.3;
/** To each question; each more makes the search by words longer. */
const maxRelated = 12;

/** The words of a question that can have others of like meaning. */
export function wordsToRelate({ words }: Pick<WeighedQuestion, 'words'>): AskedWord[] {
  const typed = words.filter(({ isVariant, isGrammar }) => !isVariant && !isGrammar);
  const asked = new Map(typed.map((word) => [keyOf(word), word.clauses.map(({ term }) => term)]));
  return [...asked].filter(([text]) => /^\p{L}{3,}$/u.test(text)).map(([text, terms]) => ({ text, terms }));
}

/** The question with its related words; the same where it has none. Its ceiling stays: they are no part of what was asked. */
export function withRelatedWords(
  weighed: WeighedQuestion,
  related: ReadonlyMap<string, readonly RelatedWord[]>,
  passageTotal: number,
): WeighedQuestion {
  const asked = new Set(weighed.words.flatMap(({ terms }) => terms));
  const added: WeighedWord[] = [];
  for (const { word, other } of likeliest(weighed.words, related)) {
    const terms = other.terms.filter(({ term }) => !asked.has(term));
    if (terms.length === 0) continue;
    for (const { term } of terms) asked.add(term);
    const strength = (fullStrength * (other.likeness - noLikeness)) / (1 - noLikeness);
    const clauses = terms.map(({ term, passages }) => ({
      term,
      boost: (strength * informationOf(passages, 0, passageTotal)) / idf(passages, passageTotal),
    }));
    const information = Math.min(...terms.map(({ passages }) => informationOf(passages, 0, passageTotal)));
    added.push({
      ...word,
      text: other.word,
      terms: terms.map(({ term }) => term),
      clauses,
      information,
      ceiling: 0,
      isVariant: true,
      correction: null,
    });
  }
  if (added.length === 0) return weighed;
  return {
    ...weighed,
    words: [...weighed.words, ...added],
    clauses: [...weighed.clauses, ...added.flatMap(({ clauses }) => clauses)],
  };
}

type Candidate = { word: WeighedWord; other: RelatedWord };

/** Of all words of the question, the likeliest first; no more than are asked for in a moment. */
function likeliest(
  words: readonly WeighedWord[],
  related: ReadonlyMap<string, readonly RelatedWord[]>,
): Candidate[] {
  const candidates = words.flatMap((word) =>
    word.isVariant ? [] : (related.get(keyOf(word)) ?? []).map((other) => ({ word, other })),
  );
  return candidates.sort((a, b) => b.other.likeness - a.other.likeness).slice(0, maxRelated);
}

const keyOf = ({ text, correction }: WeighedWord): string =>
  (correction ?? text).normalize('NFC').toLowerCase();
