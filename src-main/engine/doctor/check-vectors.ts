/** Whether vectors stand beside the passages that they were made of, and whether those in use are all there. */
import type { LibrarySession } from '../library-session.ts';
import type { LibraryCheck, Problem } from './library-check.ts';

export const checkVectors: LibraryCheck = {
  check: 'vectors',
  find: async (session) => [...(await findStale(session)), ...findMissing(session)],
};

async function findStale({ vectors: { store } }: LibrarySession): Promise<Problem[]> {
  return Array.from(await store.staleVectors(), ([setId, ids]) => ({
    message: `The vectors ${setId} hold ${ids.length} documents whose passages are others, or are gone.`,
    repair: () => store.removeVectors(setId, ids),
  }));
}

/** The index run that follows a repair makes them. */
function findMissing({ vectors }: LibrarySession): Problem[] {
  const count = vectors.encoder ? vectors.active.documentsToEmbed().length : 0;
  if (count === 0) return [];
  return [
    {
      message: `${count} documents are found by their words alone: they have no vectors yet.`,
      repair: () => {},
    },
  ];
}
