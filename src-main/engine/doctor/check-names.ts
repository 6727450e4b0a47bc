/** Whether the index of what documents are called holds each document once. */
import type { LibraryCheck } from './library-check.ts';

export const checkNames: LibraryCheck = {
  check: 'names',
  find: ({ documents }) => {
    const count = documents.names.misnamedCount();
    if (count === 0) return [];
    return [
      {
        message: `The index of names and the documents differ in ${count} entries, so that files may not be found by their names.`,
        repair: () => documents.indexNames(),
      },
    ];
  },
};
