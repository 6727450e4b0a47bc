/**
 * Where the words of a question stand in a passage, by the same terms under which they were found: what is marked is what matched.
 */
import { analyseText } from '../../words/analyse-text.ts';
import type { WeighedWord } from './weigh-question.ts';

export type WordMark = {
  /** UTF-16 offsets into the text. */
  start: number;
  end: number;
  /** The word of the question. */
  word: WeighedWord;
};

export class QuestionMarker {
  readonly #byTerm = new Map<string, WeighedWord>();

  constructor(words: readonly WeighedWord[]) {
    for (const word of words) {
      // Words of grammar stand everywhere; marking them would say nothing.
      if (word.isGrammar) continue;
      for (const { term } of word.clauses) if (!this.#byTerm.has(term)) this.#byTerm.set(term, word);
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
    return undefined;
  }
}
