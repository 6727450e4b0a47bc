/** Checks whether the library's folders exist and are watched. */
import type { LibraryCheck } from './library-check.ts';

export const checkFolders: LibraryCheck = {
  check: 'folders',
  find: ({ folders }) =>
    folders
      .list()
      .flatMap(({ path, unavailable, watchProblem }) => [
        ...(unavailable ? [{ message: unavailable }] : []),
        ...(watchProblem ? [{ message: `${path}: ${watchProblem}` }] : []),
      ]),
};
