/** Whether the tables that are searched can be read from end to end. What cannot is emptied and made again by an index run. */
import type { LibraryCheck } from './library-check.ts';

export const checkIndex: LibraryCheck = {
  check: 'index',
  find: async ({ vectors: { store } }) =>
    (await store.damages()).map((message) => ({ message, repair: () => store.check() })),
};
