/** Whether words stand one after another in a text, which the index of words does not know. */
import { foldWord } from '../contract/documents/fold-word.ts';
import { splitText } from '../words/split-text.ts';

/** Punctuation, case and accents do not matter; every word counts as it is written. */
export function containsPhrase(text: string, phrase: string): boolean {
  const wanted = splitText(phrase);
  const [only] = wanted;
  // One Chinese character is cut from its neighbours by no rule, so it is looked for in the text itself.
  if (wanted.length === 1 && only?.script === 'han') return foldWord(text).includes(foldWord(only.text));
  const words = wanted.map((piece) => foldWord(piece.text));
  const pieces = splitText(text).map((piece) => foldWord(piece.text));
  return pieces.some((_, first) => words.every((word, offset) => pieces[first + offset] === word));
}
