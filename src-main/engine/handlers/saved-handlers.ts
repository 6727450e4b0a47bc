/** Saved searches: keep, list with what is new, look, remove. */
import { AppError } from '../../common/app-error.ts';
import type { SavedQuestion } from '../../library/manifest/saved-searches.ts';
import type { Engine } from '../engine.ts';
import type { LibrarySession } from '../library-session.ts';
import { describeSaved } from '../searching/describe-saved.ts';
import { procedures } from './procedures.ts';

export function savedHandlers(engine: Engine) {
  const find = (session: LibrarySession, name: string): SavedQuestion => {
    const saved = session.saved.find(name);
    if (saved) return saved;
    const names = session.saved.list().map((one) => one.name);
    throw new AppError(
      'not-found',
      `There is no saved search "${name}" in the library "${session.name}". There are: ${names.join(', ') || 'none'}.`,
    );
  };
  return {
    saved: {
      list: procedures.saved.list.handler(async ({ input, signal }) => {
        const sessions =
          input.library === undefined ? engine.libraries.all() : [engine.libraries.get(input.library)];
        const all = sessions.flatMap((session) => session.saved.list().map((saved) => ({ session, saved })));
        const described = [];
        // One after the other: a page that lists them is in no hurry, and a person may be asking something meanwhile.
        for (const { session, saved } of all) described.push(await describeSaved(session, saved, signal));
        return described;
      }),
      save: procedures.saved.save.handler(async ({ input, signal }) => {
        const session = engine.libraries.get(input.library);
        session.saved.save(input);
        return await describeSaved(session, find(session, input.name), signal);
      }),
      look: procedures.saved.look.handler(async ({ input, signal }) => {
        const session = engine.libraries.get(input.library);
        const { name } = find(session, input.name);
        session.saved.look(name);
        return await describeSaved(session, find(session, name), signal);
      }),
      rename: procedures.saved.rename.handler(async ({ input, signal }) => {
        const session = engine.libraries.get(input.library);
        const { name } = find(session, input.name);
        const other = session.saved.find(input.newName);
        if (other && other.name !== name)
          throw new AppError(
            'conflict',
            `There is already a saved search "${other.name}". Choose another name, or remove that one first.`,
          );
        session.saved.rename(name, input.newName);
        return await describeSaved(session, find(session, input.newName), signal);
      }),
      remove: procedures.saved.remove.handler(({ input }) => {
        const session = engine.libraries.get(input.library);
        const { name } = find(session, input.name);
        session.saved.remove(name);
      }),
    },
  };
}
