/** Counts the words of passages, to choose those of a library that are worth a vector. */
import { compareTexts } from '../../common/compare-texts.ts';
import { isGrammarWord } from '../../words/common-words.ts';
import { splitText } from '../../words/split-text.ts';
import { stemsOf } from '../../words/word-terms.ts';

const plainWord = /^\p{L}{3,30}$/u;

export class WordCounter {
  /** By stem, how many passages hold each form. */
  readonly #forms = new Map<string, Map<string, number>>();

  /** `language`: ISO 639-1 of the passage. Words of grammar are left out, and scripts that are not cut at spaces. */
  add(text: string, language: string | null): void {
    const pieces = splitText(text.normalize('NFC').toLowerCase());
    const words = new Set(pieces.filter(({ script }) => script === 'spaced').map((piece) => piece.text));
    for (const word of words) {
      if (!plainWord.test(word) || isGrammarWord(word, language)) continue;
      const stem = stemsOf(word, language)[0] ?? word;
      const forms = this.#forms.get(stem) ?? new Map<string, number>();
      forms.set(word, (forms.get(word) ?? 0) + 1);
      this.#forms.set(stem, forms);
    }
  }

  /** The words that most passages hold, in lower case; of those with one stem the most frequent. At most `count`. */
  mostFrequent(count: number): string[] {
    const ranked = Array.from(this.#forms.values(), (forms) => {
      const byPassages = [...forms].sort((a, b) => b[1] - a[1] || compareTexts(a[0], b[0]));
      return {
        word: byPassages[0]?.[0] as string,
        passages: byPassages.reduce((sum, [, passages]) => sum + passages, 0),
      };
    });
    ranked.sort((a, b) => b.passages - a.passages || compareTexts(a.word, b.word));
    // Two stems may have one form where the languages differ.
    return [...new Set(ranked.slice(0, count).map(({ word }) => word))];
  }
}
