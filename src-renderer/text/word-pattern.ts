/** Finds words where they stand as whole words, in any case. */
import type { TextRange } from '../../src-main/contract/search.ts';

/** Null where there is no word to look for. */
export function wordPattern(words: readonly string[]): RegExp | null {
  const wanted = words
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (wanted.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

/** Where the words stand in the text, in order; nowhere without a pattern. */
export const matchesOf = (text: string, pattern: RegExp | null): TextRange[] =>
  pattern
    ? [...text.matchAll(pattern)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }))
    : [];
