/** Splits text into words as the index does: runs of letters and digits, with where they stand. */

export type TextWord = { word: string; start: number; end: number };

export function textWords(text: string): TextWord[] {
  return Array.from(text.matchAll(/[\p{Alphabetic}\p{N}\p{M}]+/gu), (match) => ({
    word: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The words alone, in lower case, as the index is asked for their stems. */
export const lowerWords = (text: string): string[] => textWords(text).map(({ word }) => word.toLowerCase());

/** Lower case, without accents: two spellings of the same word become equal. */
export const foldWord = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();

/** Whether the words of `phrase` stand in `text` one after another; punctuation, case and accents do not matter. */
export function containsPhrase(text: string, phrase: string): boolean {
  const wanted = textWords(phrase).map(({ word }) => foldWord(word));
  const words = textWords(text).map(({ word }) => foldWord(word));
  return words.some((_, first) => wanted.every((word, offset) => words[first + offset] === word));
}
