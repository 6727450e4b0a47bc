/**
 * Cuts a passage into the parts that get vectors of their own. A passage of some hundred tokens speaks of several things, and one vector for all of them is
 * near to no question about one; the parts are about as long as two sentences. The figures are in docs/lab/windows.md.
 */
import type { TokenSpan } from '../encode/batches/batch-packing.ts';

export const windowTokens = 32;
/** Even parts of `length` tokens from `start` on: a short text is one part, an empty one none. */
export function textWindows(start: number, length: number): TokenSpan[] {
  const count = Math.max(Math.min(length, 1), Math.round(length / windowTokens));
  const border = (index: number) => start + Math.round((length * index) / count);
  return Array.from({ length: count }, (_, index) => ({ start: border(index), end: border(index + 1) }));
}
