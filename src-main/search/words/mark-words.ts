/**
 * Where the words of a question stand in a passage, by the same terms under which they were found: what is marked is what matched.
 */
import { analyseText } from '../../words/analyse-text.ts';
import { mayBeMistyped, type WeighedWord } from './weigh-question.ts';

export type WordMark = {
  /** UTF-16 offsets into the text. */
  start: number;
  end: number;
  /** The word of the question. */
  word: WeighedWord;
};

export class QuestionMarker {
  readonly #byTerm = new Map<string, WeighedWord>();
  readonly #fuzzy: { word: WeighedWord; term: string }[] = [];

  constructor(words: readonly WeighedWord[]) {
    for (const word of words) {
      // Words of grammar stand everywhere; marking them would say nothing.
      if (word.isGrammar) continue;
      for (const { term, isFuzzy } of word.clauses) {
        if (isFuzzy) this.#fuzzy.push({ word, term });
        else if (!this.#byTerm.has(term)) this.#byTerm.set(term, word);
      }
    }
  }

  /** In the order of the text. Where marks overlap, as a code and its parts do, all of them are given. */
  marksIn(text: string, language: string | null): WordMark[] {
    const marks: WordMark[] = [];
    for (const { terms, start, end } of analyseText(text, language)) {
      const word = this.#wordOf(terms);
      if (word) marks.push({ start, end, word });
    }
    return marks.sort((a, b) => a.start - b.start || b.end - a.end);
  }

  #wordOf(terms: readonly string[]): WeighedWord | undefined {
    for (const term of terms) {
      const word = this.#byTerm.get(term);
      if (word) return word;
    }
    if (this.#fuzzy.length === 0) return undefined;
    return this.#fuzzy.find((entry) => terms.some((term) => isSimilar(term, entry.term)))?.word;
  }
}

const longTerm = 8;

/** As the index compares mistyped words: the first letter is the same, one letter differs, or two in a long word. */
function isSimilar(term: string, asked: string): boolean {
  if (term[0] !== asked[0] || !mayBeMistyped(term)) return false;
  const allowed = asked.length > longTerm ? 2 : 1;
  return Math.abs(term.length - asked.length) <= allowed && editDistance(term, asked) <= allowed;
}

/** Levenshtein's. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
