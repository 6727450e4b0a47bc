/** Whether the encoders that vectors and adapters were made with are there. */
import type { LibraryCheck, Problem } from './library-check.ts';

export const checkModels: LibraryCheck = {
  check: 'models',
  find: async ({ vectors, adapters }, models) => {
    const users = new Map<string, string[]>();
    const add = (encoder: string, user: string) => users.set(encoder, [...(users.get(encoder) ?? []), user]);
    // Of the set in use, the check of the encoder speaks.
    for (const { encoder, encoderName, state } of vectors.sets.list())
      if (state !== 'active') add(encoder, `vectors of ${encoderName}`);
    for (const { id, encoder } of adapters.list()) add(encoder, `the adapter ${id}`);
    const problems: Problem[] = [];
    for (const [encoder, named] of users) {
      const model = await models.find(encoder).catch(() => null);
      if (model) continue;
      problems.push({
        message: `The encoder ${encoder} is not here any more; it is needed by ${named.join(', ')}. Import its GGUF file again, or remove them.`,
      });
    }
    return problems;
  },
};
