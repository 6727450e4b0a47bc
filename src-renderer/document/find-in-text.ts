/** Finds what a person types in a document's text, whatever its case, accents and line breaks. */
import type { TextRange } from '../../src-main/contract/search.ts';

const MAX_MATCHES = 999;

/** Ranges in `text`, in order. */
export function findInText(text: string, typed: string): TextRange[] {
  const wanted = folded(typed.trim());
  if (wanted.letters === '') return [];
  const { letters, offsets } = folded(text);
  const found: TextRange[] = [];
  let at = letters.indexOf(wanted.letters);
  while (at >= 0 && found.length < MAX_MATCHES) {
    const end = at + wanted.letters.length;
    found.push({ start: offsets[at]!, end: offsets[end - 1]! + 1 });
    at = letters.indexOf(wanted.letters, end);
  }
  return found;
}

/** Each kept letter remembers where it stood; any white space counts as one space. */
function folded(text: string): { letters: string; offsets: number[] } {
  const letters: string[] = [];
  const offsets: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    const isSpace = /\s/.test(character);
    if (isSpace && letters.at(-1) === ' ') continue;
    const plain = isSpace ? ' ' : character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
    for (const letter of plain) {
      letters.push(letter);
      offsets.push(at);
    }
  }
  return { letters: letters.join(''), offsets };
}
