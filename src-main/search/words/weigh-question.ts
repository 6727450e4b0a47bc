/**
 * How much each word of a question says, and the clauses by which the word index is asked for it. In a small library the frequency of a word
 * there says little, so it is mixed with its frequency in the language at large, as Dirichlet smoothing mixes a document with its
 * collection (Zhai & Lafferty, doi:10.1145/984321.984322). Words of grammar break ties and are never the only reason for a find.
 */
import type { Question, QuestionWord } from '../../words/analyse-question.ts';

/** What the index knows of a term: passages that hold it (counted up to some thousands), and the best score of any of them. */
export type TermStatistics = { passages: number; bestScore: number };

export type TermSource = {
  /** Passages of the library. */
  readonly passageTotal: number;
  statisticsOf(term: string): Promise<TermStatistics>;
  /** Terms of the index within some letters of this one, by the best score of any passage that holds one. */
  similarTo(term: string): Promise<TermStatistics>;
};

/** `isFuzzy`: terms that differ by a letter or two count as well. */
export type WordClause = { term: string; boost: number; isFuzzy: boolean };

export type WeighedWord = QuestionWord & {
  /** Nats: the logarithm of how rare the word is. */
  information: number;
  /** The most it adds to the word score of any passage. */
  ceiling: number;
  clauses: readonly WordClause[];
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
const fuzzyBoost = 0.6;
const grammarBoost = 0.3;
/** Words of grammar above this share of all text tell no passage from another, and are the slowest to look up. */
const maxGrammarShare = 0.003;
const minFuzzyLength = 5;
/** What repetition of a word makes of its idf in a good passage: about what is seen for rare words. */
const rareWordFactor = 1.5;

export async function weighQuestion(question: Question, source: TermSource): Promise<WeighedQuestion> {
  // “To be or not to be” says what it asks for in words of grammar alone.
  const isAllGrammar = question.words.every(({ isGrammar, isVariant }) => isGrammar || isVariant);
  const asked = isAllGrammar ? question.words.map((word) => ({ ...word, isGrammar: false })) : question.words;
  const words = await Promise.all(asked.map((word) => weighWord(word, source)));
  return {
    words,
    clauses: words.flatMap(({ clauses }) => clauses),
    idleScore: words.reduce((sum, word) => sum + (word.isGrammar ? word.ceiling : 0), 0),
    ceiling: words.reduce((sum, word) => sum + (word.isVariant ? 0 : word.ceiling), 0),
  };
}

async function weighWord(word: QuestionWord, source: TermSource): Promise<WeighedWord> {
  if (word.isGrammar && word.share > maxGrammarShare)
    return { ...word, information: 0, ceiling: 0, clauses: [] };
  const known = await Promise.all(
    word.terms.map(async (term) => ({ term, ...(await source.statisticsOf(term)) })),
  );
  const present = known.filter(({ passages }) => passages > 0);
  const passages = Math.max(0, ...present.map((term) => term.passages));
  const information = informationOf(passages, word.share, source.passageTotal);
  const strength = word.isVariant ? variantBoost : word.isGrammar ? grammarBoost : 1;
  if (present.length > 0) {
    const clauses = present.map(({ term, passages, bestScore }) => {
      const boost =
        (strength * informationOf(passages, word.share, source.passageTotal)) /
        idf(passages, source.passageTotal);
      return { clause: { term, boost, isFuzzy: false }, ceiling: boost * bestScore };
    });
    const ceiling = Math.max(...clauses.map((entry) => entry.ceiling));
    return { ...word, information, ceiling, clauses: clauses.map(({ clause }) => clause) };
  }
  const isIdle = word.isVariant || word.isGrammar;
  const missing = { ...word, information, ceiling: isIdle ? 0 : rareWordFactor * information, clauses: [] };
  return isIdle || !mayBeMistyped(word.text) ? missing : await withSimilar(missing, source);
}

/** Nothing holds the word as typed: it may be mistyped, and what differs by a letter is what was meant. */
async function withSimilar(word: WeighedWord, source: TermSource): Promise<WeighedWord> {
  const term = word.terms.reduce((longest, term) => (term.length > longest.length ? term : longest));
  const { passages, bestScore } = await source.similarTo(term);
  if (passages === 0) return word;
  return { ...word, ceiling: fuzzyBoost * bestScore, clauses: [{ term, boost: fuzzyBoost, isFuzzy: true }] };
}

export const mayBeMistyped = (word: string): boolean =>
  word.length >= minFuzzyLength && /^\p{L}+$/u.test(word);

function informationOf(passages: number, share: number, rows: number): number {
  const expected = 1 - (1 - share) ** wordsPerPassage;
  return idf(passages + priorPassages * expected, rows + priorPassages);
}

/** As BM25 has it. */
const idf = (passages: number, rows: number): number =>
  Math.log(1 + (Math.max(rows, passages) - passages + 0.5) / (passages + 0.5));
