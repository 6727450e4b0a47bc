/**
 * A short signature by which near copies of a text are known: MinHash over runs of four words, one hash a run and sixty bins (one-permutation
 * hashing, arXiv 1208.1259). Two texts with other numbers are never copies: the bills of two months differ in little else.
 */
import { foldWord } from '../../contract/documents/fold-word.ts';
import { splitText } from '../../words/split-text.ts';

export type TextSignature = {
  wordCount: number;
  /** Of all numbers in the text, in order of size. */
  numbers: string;
  /** The least hash of each bin; 0xffffffff where a bin is empty. */
  bins: Uint32Array;
};

const binCount = 60;
const runLength = 4;
const empty = 0xffffffff;
/** So many words of the text are looked at. */
const mostWords = 100_000;
/** In shorter texts one word is much: they are copies only where all words are the same. */
const fewWords = 100;
/** Of all runs of two texts, those in both: about what is left where nine tenths of the words are the same. */
const leastShared = 0.82;

export function textSignature(text: string): TextSignature {
  const words = splitText(text)
    .slice(0, mostWords)
    .map((piece) => foldWord(piece.text));
  const numbers = words.filter((word) => /^\p{N}/u.test(word)).sort();
  const hashes = words.map((word) => hashOf(word, 0x811c9dc5));
  const bins = new Uint32Array(binCount).fill(empty);
  for (let first = 0; first + runLength <= hashes.length; first++) {
    let run = 0x811c9dc5;
    for (let offset = 0; offset < runLength; offset++) run = mix(run ^ hashes[first + offset]!);
    const bin = run % binCount;
    const value = mix(run ^ 0x9e3779b9);
    if (value < bins[bin]!) bins[bin] = value;
  }
  // Of a short text, the words themselves and their order.
  if (words.length < fewWords) bins[0] = hashOf(words.join(' '), 0x01000193);
  return { wordCount: words.length, numbers: hashOf(numbers.join(' '), 0x811c9dc5).toString(36), bins };
}

/** Whether at least about nine tenths of two texts are the same, and all their numbers. */
export function areCopies(a: TextSignature, b: TextSignature): boolean {
  if (a.numbers !== b.numbers || a.wordCount === 0 || b.wordCount === 0) return false;
  if (Math.min(a.wordCount, b.wordCount) < fewWords)
    return a.wordCount === b.wordCount && a.bins.every((value, bin) => value === b.bins[bin]);
  let shared = 0;
  let filled = 0;
  for (let bin = 0; bin < binCount; bin++) {
    if (a.bins[bin] === empty && b.bins[bin] === empty) continue;
    filled += 1;
    if (a.bins[bin] === b.bins[bin]) shared += 1;
  }
  return filled > 0 && shared / filled >= leastShared;
}

/** FNV-1a over UTF-16. */
function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return mix(hash);
}

/** Finaliser of MurmurHash3, so that every bit of the result depends on every bit of the input. */
function mix(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
