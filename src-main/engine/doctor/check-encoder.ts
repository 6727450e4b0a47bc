/** Checks whether the library has a usable encoder. */
import type { LibraryCheck } from './library-check.ts';

export const checkEncoder: LibraryCheck = {
  check: 'encoder',
  find: ({ vectors: { wordsOnlyReason } }) => (wordsOnlyReason ? [{ message: wordsOnlyReason }] : []),
};
