/** Cuts a text to the length of what people type: some words in a row, and not always all of them. */
import type { Random } from '../../common/seeded-random.ts';

const minWords = 5;
const maxWords = 16;
const minKeptWords = 3;
/** Half of the questions leave out about a fifth of the words. */
const thinnedShare = 0.5;
const droppedWords = 0.2;

/** A shorter text stays whole, or nearly. */
export function shortenQuery(text: string, random: Random): string {
  const all = text.trim().split(/\s+/);
  const count = minWords + random.below(maxWords - minWords + 1);
  const start = random.below(Math.max(1, all.length - count + 1));
  const words = all.slice(start, start + count);
  if (random.next() >= thinnedShare) return words.join(' ');
  const kept = words.filter(() => random.next() >= droppedWords);
  return (kept.length >= minKeptWords ? kept : words).join(' ');
}

const word = /\S+/g;

/** Whether a text has so many words by white space, in which length limits of passages and questions are given. Reads no further than it must. */
export function hasWords(text: string, atLeast: number): boolean {
  word.lastIndex = 0;
  for (let found = 0; found < atLeast; found++) if (!word.test(text)) return false;
  return true;
}
