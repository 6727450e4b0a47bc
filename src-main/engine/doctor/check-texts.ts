/** Whether the kept texts are those of documents that are there. */
import type { LibraryCheck } from './library-check.ts';

export const checkTexts: LibraryCheck = {
  check: 'texts',
  find: ({ texts, documents }) => {
    const orphans = texts.documentIds().filter((id) => !documents.get(id));
    if (orphans.length === 0) return [];
    return [
      {
        message: `There are texts of ${orphans.length} documents that the library does not know.`,
        repair: () => texts.remove(orphans),
      },
    ];
  },
};
