/**
 * Where no passage holds much of a question's words, it was asked in other words than the documents use: words of the library that mean nearly
 * the same are asked for beside them, each counting by its likeness (Kuzi, Shtok & Kurland, doi:10.1145/2983323.2983876). The likeness is the
 * encoder's own; docs/lab/related-words.md has what it brings.
 */
import { stemsOf } from '../../words/word-terms.ts';
import {
  clausesOf,
  informationOf,
  type TermSource,
  type WeighedQuestion,
  type WeighedWord,
} from './weigh-question.ts';
import type { RelatedWord } from './word-bank.ts';

/** For each of the words that are known, those of the library that mean nearly the same, the likest first. */
export type RelatedWords = (
  words: readonly string[],
  signal?: AbortSignal,
) => Promise<ReadonlyMap<string, readonly RelatedWord[]>>;

/** Below this coverage related words are asked for; where words cover more, they need no help. */
export const leastCoverage = 0.4;
/** A related word of full likeness counts so much beside the word that was asked for, one of `noLikeness` nothing. */
const fullStrength = 0.7;
const noLikeness = 0.3;
/** To each question; each is looked up by its stems. */
const maxRelated = 12;

/** The words of a question that can have others of like meaning. */
export function wordsToRelate({ words }: Pick<WeighedQuestion, 'words'>): string[] {
  const typed = words.filter(({ isVariant, isGrammar }) => !isVariant && !isGrammar);
  return [...new Set(typed.map(keyOf))].filter((word) => /^\p{L}{3,}$/u.test(word));
}

/** The question with its related words; the same where no passage holds any. Its ceiling stays: they are no part of what was asked. */
export async function withRelatedWords(
  weighed: WeighedQuestion,
  related: ReadonlyMap<string, readonly RelatedWord[]>,
  source: TermSource & { readonly languages: readonly string[] },
): Promise<WeighedQuestion> {
  const asked = new Set(weighed.words.flatMap(({ terms }) => terms));
  const lookups: Promise<WeighedWord[]>[] = [];
  for (const candidate of likeliest(weighed.words, related)) {
    const stems = [...source.languages, 'en', null].flatMap((code) => stemsOf(candidate.text, code));
    const terms = [...new Set(stems)].filter((term) => !asked.has(term));
    for (const term of terms) asked.add(term);
    if (terms.length > 0) lookups.push(lookUp(candidate, terms, source));
  }
  const added = (await Promise.all(lookups)).flat();
  if (added.length === 0) return weighed;
  return {
    ...weighed,
    words: [...weighed.words, ...added],
    clauses: [...weighed.clauses, ...added.flatMap(({ clauses }) => clauses)],
  };
}

async function lookUp(
  { word, text, likeness }: Candidate,
  terms: readonly string[],
  source: TermSource,
): Promise<WeighedWord[]> {
  const strength = (fullStrength * (likeness - noLikeness)) / (1 - noLikeness);
  const found = await clausesOf({ terms, share: 0 }, strength, source);
  if (found.clauses.length === 0) return [];
  const information = informationOf(found.passages, 0, source.passageTotal);
  return [{ ...word, ...found, text, terms, information, isVariant: true, correction: null }];
}

type Candidate = { word: WeighedWord; text: string; likeness: number };

/** Of all words of the question, the likeliest first; no more than are looked up in a moment. */
function likeliest(
  words: readonly WeighedWord[],
  related: ReadonlyMap<string, readonly RelatedWord[]>,
): Candidate[] {
  const candidates = words.flatMap((word) =>
    word.isVariant
      ? []
      : (related.get(keyOf(word)) ?? []).map((other) => ({
          word,
          text: other.word,
          likeness: other.likeness,
        })),
  );
  return candidates.sort((a, b) => b.likeness - a.likeness).slice(0, maxRelated);
}

const keyOf = ({ text, correction }: WeighedWord): string =>
  (correction ?? text).normalize('NFC').toLowerCase();
