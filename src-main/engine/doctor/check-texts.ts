/** Whether the kept texts are those of documents that are there, as these were read last. */
import type { LibraryCheck } from './library-check.ts';

export const checkTexts: LibraryCheck = {
  check: 'texts',
  find: ({ texts, documents }) => {
    const stray = [...texts.versions()].flatMap(([id, hash]) => {
      const document = documents.get(id);
      // One that waits to be read again has no hash; its text goes when it has been read.
      return document && (document.state === 'pending' || document.contentHash === hash) ? [] : [id];
    });
    if (stray.length === 0) return [];
    return [
      {
        message: `There are texts of ${stray.length} documents that the library does not know, or knows with another content.`,
        repair: () => texts.remove(stray),
      },
    ];
  },
};
