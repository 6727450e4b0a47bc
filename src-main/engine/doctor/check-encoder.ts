/** Whether the library can be searched by meaning. */
import type { LibraryCheck } from './library-check.ts';

export const checkEncoder: LibraryCheck = {
  check: 'encoder',
  find: ({ vectors: { wordsOnlyReason } }) => (wordsOnlyReason ? [{ message: wordsOnlyReason }] : []),
};
