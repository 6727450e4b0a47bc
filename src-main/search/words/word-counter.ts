/** Counts the words of passages, to choose those of a library that are worth a vector. */
import { compareTexts } from '../../common/compare-texts.ts';
import { isGrammarWord } from '../../words/common-words.ts';
import { splitText } from '../../words/split-text.ts';
import { stemsOf } from '../../words/word-terms.ts';
import type { BankWord } from './word-bank.ts';

const plainWord = /^\p{L}{3,30}$/u;

/** `passages` hold any of its forms. */
type Stem = { terms: readonly string[]; passages: number; forms: Map<string, number> };

export class WordCounter {
  readonly #stems = new Map<string, Stem>();

  /** `language`: ISO 639-1 of the passage. Words of grammar are left out, and scripts that are not cut at spaces. */
  add(text: string, language: string | null): void {
    const pieces = splitText(text.normalize('NFC').toLowerCase());
    const words = new Set(pieces.filter(({ script }) => script === 'spaced').map((piece) => piece.text));
    const found = new Set<Stem>();
    for (const word of words) {
      if (!plainWord.test(word) || isGrammarWord(word, language)) continue;
      const terms = stemsOf(word, language);
      const key = terms[0] ?? word;
      const stem = this.#stems.get(key) ?? { terms, passages: 0, forms: new Map() };
      stem.forms.set(word, (stem.forms.get(word) ?? 0) + 1);
      this.#stems.set(key, stem);
      found.add(stem);
    }
    for (const stem of found) stem.passages++;
  }

  /** The words that most passages hold; of those with one stem the most frequent form. At most `count`. */
  mostFrequent(count: number): BankWord[] {
    const ranked = Array.from(this.#stems.values(), ({ terms, passages, forms }) => {
      const byPassages = [...forms].sort((a, b) => b[1] - a[1] || compareTexts(a[0], b[0]));
      return { word: byPassages[0]?.[0] as string, terms, passages };
    });
    ranked.sort((a, b) => b.passages - a.passages || compareTexts(a.word, b.word));
    const words = new Map<string, BankWord>();
    for (const { word, terms, passages } of ranked.slice(0, count)) {
      // Two stems may have one form where the languages differ.
      const before = words.get(word)?.terms ?? [];
      words.set(word, { word, terms: [...before, ...terms.map((term) => ({ term, passages }))] });
    }
    return [...words.values()];
  }
}
