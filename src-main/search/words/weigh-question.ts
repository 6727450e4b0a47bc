/**
 * How much each word of a question says, and the clauses by which the word index is asked for it. In a small library the frequency of a word
 * there says little, so it is mixed with its frequency in the language at large, as Dirichlet smoothing mixes a document with its
 * collection (Zhai & Lafferty, doi:10.1145/984321.984322). Words of grammar break ties and are never the only reason for a find.
 */
import type { Question, QuestionWord } from '../../words/analyse-question.ts';
import { stemsOf } from '../../words/word-terms.ts';

/** What the index knows of a term: passages that hold it (counted up to some thousands), and the best score of any of them. */
export type TermStatistics = { passages: number; bestScore: number };

export type TermSource = {
  /** Passages of the library. */
  readonly passageTotal: number;
  statisticsOf(term: string): Promise<TermStatistics>;
};

/** Words of the library that a word may have been meant to be, the likeliest first. */
export type Spelling = (word: string) => readonly string[];

export type WordClause = { term: string; boost: number };

export type WeighedWord = QuestionWord & {
  /** Nats: the logarithm of how rare the word is. */
  information: number;
  /** The most it adds to the word score of any passage. */
  ceiling: number;
  clauses: readonly WordClause[];
  /** What it was taken for, since no passage holds it as it was typed. */
  correction: string | null;
};

export type WeighedQuestion = {
  words: readonly WeighedWord[];
  clauses: readonly WordClause[];
  /** Score of a passage that holds the words of grammar and nothing else of the question: no reason to show it. */
  idleScore: number;
  /** Score of a passage that holds each word as well as that word's best passage does. */
  ceiling: number;
};

/** Passages of ordinary language that are mixed into the library. */
const priorPassages = 1000;
const wordsPerPassage = 100;
/** A part of a word, or another spelling, says less than the word as it was typed. */
const variantBoost = 0.5;
/** “e-18”, “65.00.99”: a code that was written as one and with its marks is that code, and not its parts. */
const writtenCode = /^(?=.*\p{N})[\p{L}\p{N}]+(?:[^\p{L}\p{N}\s]+[\p{L}\p{N}]+)+$/u;
const correctedBoost = 0.8;
const grammarBoost = 0.3;
/** Words of grammar above this share of all text tell no passage from another, and are the slowest to look up. */
const maxGrammarShare = 0.003;
/** What repetition of a word makes of its idf in a good passage: about what is seen for rare words. */
const rareWordFactor = 1.5;

export async function weighQuestion(
  question: Question,
  source: TermSource,
  spelling: Spelling = () => [],
): Promise<WeighedQuestion> {
  // “To be or not to be” says what it asks for in words of grammar alone.
  const isAllGrammar = question.words.every(({ isGrammar, isVariant }) => isGrammar || isVariant);
  const asked = isAllGrammar ? question.words.map((word) => ({ ...word, isGrammar: false })) : question.words;
  const words = await Promise.all(
    asked.map(async (word) => {
      const weighed = await weighWord(word, source);
      // A common word of the language is not mistyped, though nothing here holds it.
      const isDoubtful =
        !word.isVariant && !word.isGrammar && word.share === 0 && /^\p{L}+$/u.test(word.text);
      if (weighed.clauses.length > 0 || !isDoubtful) return weighed;
      return await withCorrections(weighed, spelling(word.text), question, source);
    }),
  );
  return {
    words,
    clauses: words.flatMap(({ clauses }) => clauses),
    idleScore: words.reduce((sum, word) => sum + (word.isGrammar ? word.ceiling : 0), 0),
    ceiling: words.reduce((sum, word) => sum + (word.isVariant ? 0 : word.ceiling), 0),
  };
}

async function weighWord(word: QuestionWord, source: TermSource): Promise<WeighedWord> {
  const none = { ...word, information: 0, ceiling: 0, clauses: [], correction: null };
  if (word.isGrammar && word.share > maxGrammarShare) return none;
  const isWhole = !word.isVariant || writtenCode.test(word.text);
  const strength = (isWhole ? 1 : variantBoost) * (word.isGrammar ? grammarBoost : 1);
  const found = await clausesOf(word, strength, source);
  const information = informationOf(found.passages, word.share, source.passageTotal);
  if (found.clauses.length > 0) return { ...none, ...found, information };
  const isIdle = word.isVariant || word.isGrammar;
  return { ...none, information, ceiling: isIdle ? 0 : rareWordFactor * information };
}

type FoundClauses = { passages: number; ceiling: number; clauses: WordClause[] };

async function clausesOf(
  { terms, share }: Pick<QuestionWord, 'terms' | 'share'>,
  strength: number,
  source: TermSource,
): Promise<FoundClauses> {
  const found: FoundClauses = { passages: 0, ceiling: 0, clauses: [] };
  const known = await Promise.all(
    terms.map(async (term) => ({ term, ...(await source.statisticsOf(term)) })),
  );
  for (const { term, passages, bestScore } of known) {
    if (passages === 0) continue;
    const total = source.passageTotal;
    const boost = (strength * informationOf(passages, share, total)) / idf(passages, total);
    found.passages = Math.max(found.passages, passages);
    found.ceiling = Math.max(found.ceiling, boost * bestScore);
    found.clauses.push({ term, boost });
  }
  return found;
}

/** Nothing holds the word as typed: it may be mistyped. */
async function withCorrections(
  word: WeighedWord,
  corrections: readonly string[],
  { language }: Question,
  source: TermSource,
): Promise<WeighedWord> {
  for (const correction of corrections) {
    const terms = [...new Set([language, 'en', null].flatMap((code) => stemsOf(correction, code)))];
    const found = await clausesOf({ terms, share: 0 }, correctedBoost, source);
    if (found.clauses.length === 0) continue;
    const information = informationOf(found.passages, 0, source.passageTotal);
    return { ...word, information, ceiling: found.ceiling, clauses: found.clauses, correction };
  }
  return word;
}

export function informationOf(passages: number, share: number, rows: number): number {
  const expected = 1 - (1 - share) ** wordsPerPassage;
  return idf(passages + priorPassages * expected, rows + priorPassages);
}

/** Nats, as BM25 has it. */
export const idf = (passages: number, rows: number): number =>
  Math.log(1 + (Math.max(rows, passages) - passages + 0.5) / (passages + 0.5));

/** The question with its mistyped words set right. */
export function correctedText(text: string, { words }: WeighedQuestion): string {
  let corrected = text;
  // From the end, so that what stands before keeps its place.
  for (const { start, end, correction } of [...words].sort((a, b) => b.start - a.start)) {
    if (correction) corrected = corrected.slice(0, start) + correction + corrected.slice(end);
  }
  return corrected;
}
