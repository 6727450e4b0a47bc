/** The engine as a whole: the snapshot, the stream of events, the settings. */
import type { Engine } from '../engine.ts';
import { procedures } from './procedures.ts';

export function engineHandlers(engine: Engine) {
  return {
    engine: {
      snapshot: procedures.engine.snapshot.handler(() => engine.snapshot()),
      events: procedures.engine.events.handler(({ signal }) =>
        engine.events.join(() => engine.snapshot(), signal),
      ),
    },
    settings: {
      get: procedures.settings.get.handler(() => engine.settings.get()),
      update: procedures.settings.update.handler(({ input }) => engine.settings.update(input)),
    },
  };
}
