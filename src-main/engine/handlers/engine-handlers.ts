/** The engine as a whole: the snapshot, the stream of events, the settings. */
import { examineLibraries } from '../doctor/examine-libraries.ts';
import type { Engine } from '../engine.ts';
import { damagedHomeFiles } from '../home/open-home-database.ts';
import { indexRequest } from '../jobs/kinds/index-job.ts';
import { procedures } from './procedures.ts';

export function engineHandlers(engine: Engine) {
  return {
    engine: {
      snapshot: procedures.engine.snapshot.handler(() => engine.snapshot()),
      events: procedures.engine.events.handler(({ signal }) =>
        engine.events.join(() => engine.snapshot(), signal),
      ),
      examine: procedures.engine.examine.handler(({ input }) =>
        examineLibraries(
          {
            // One that is only read is examined where it is written.
            sessions: engine.libraries.all().filter((session) => !session.isReadOnly),
            unavailable: engine.libraries.unavailable(),
            models: engine.models,
            damagedHomeFiles: damagedHomeFiles(engine.home),
            deviceProblem: engine.deviceProblem,
            rerankerId: engine.settings.get().reranker,
            onRepaired: ({ name }) => engine.jobs.submit(indexRequest(name)),
          },
          input.repair,
        ),
      ),
    },
    settings: {
      get: procedures.settings.get.handler(() => engine.settings.get()),
      update: procedures.settings.update.handler(({ input }) => engine.settings.update(input)),
    },
  };
}
