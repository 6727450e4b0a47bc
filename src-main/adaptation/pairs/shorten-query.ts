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

/** By white space: what length limits of passages and questions are given in. */
export function countWords(text: string): number {
  const trimmed = text.trim();
  return trimmed ? trimmed.split(/\s+/).length : 0;
}
