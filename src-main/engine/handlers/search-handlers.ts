/** Search, and what a person thinks of the answers. */

import { AppError } from '../../common/app-error.ts';
import type { Engine } from '../engine.ts';
import { findSimilar } from '../searching/find-similar.ts';
import { passageText } from '../searching/passage-text.ts';
import { passagesOf } from '../searching/passages-of.ts';
import { searchLibraries } from '../searching/search-libraries.ts';
import { procedures } from './procedures.ts';

export function searchHandlers(engine: Engine) {
  return {
    search: {
      query: procedures.search.query.handler(async ({ input, signal }) => {
        return await searchLibraries(engine.libraries, input, signal);
      }),
      similar: procedures.search.similar.handler(async ({ input, signal }) => {
        return await findSimilar(engine.libraries.get(input.library), input, signal);
      }),
      passagesOf: procedures.search.passagesOf.handler(async ({ input, signal }) => {
        return await passagesOf(engine.libraries.get(input.library), input, signal);
      }),
      feedback: procedures.search.feedback.handler(async ({ input }) => {
        const session = engine.libraries.get(input.library);
        const passage = await passageText(session, input.chunkId);
        if (!passage) throw new AppError('not-found', 'This passage is no longer in the library.');
        session.memory.addFeedback(input, passage);
        // Only a question that led somewhere is worth offering again; typing makes many that did not.
        session.memory.remember(input.query);
      }),
      recent: procedures.search.recent.handler(({ input }) =>
        engine.libraries.get(input.library).memory.recent(),
      ),
    },
  };
}
