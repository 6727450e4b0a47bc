/** Encoders. Changing the encoder is a job, as it makes new vectors. */
import { AppError } from '../../common/app-error.ts';
import type { Engine } from '../engine.ts';
import { downloadRequest } from '../jobs/kinds/download-job.ts';
import { switchRequest } from '../jobs/kinds/switch-job.ts';
import { MeasuredPaces } from '../models/measured-paces.ts';
import { procedures } from './procedures.ts';

export function modelHandlers(engine: Engine) {
  const used = () => new Set(engine.libraries.all().map((session) => session.vectors.encoder?.info.id ?? ''));
  const paces = new MeasuredPaces();
  const measured = () => {
    const encoder = engine.libraries.all().find((session) => session.vectors.encoder)?.vectors.encoder;
    return paces.with(encoder ?? null);
  };
  return {
    models: {
      list: procedures.models.list.handler(async () => await engine.models.list(used(), await measured())),
      import: procedures.models.import.handler(async ({ input }) => {
        const { id } = await engine.models.import(input.path);
        const models = await engine.models.list(used());
        return models.find((model) => model.id === id) ?? models[0]!;
      }),
      download: procedures.models.download.handler(({ input }) => ({
        jobId: engine.jobs.submit(
          downloadRequest(input.modelId, engine.models.downloadSource(input.modelId).name),
        ).id,
      })),
      use: procedures.models.use.handler(async ({ input }) => {
        engine.libraries.getWritable(input.library);
        const model = await engine.models.find(input.modelId);
        return {
          jobId: engine.jobs.submit(
            switchRequest(
              { library: input.library, modelId: model.id, adapterId: null },
              `Switch to ${model.description.name}`,
            ),
          ).id,
        };
      }),
      remove: procedures.models.remove.handler(async ({ input }) => {
        const users = engine.libraries
          .all()
          .filter((session) => session.vectors.sets.active()?.encoder === input.modelId);
        if (users.length > 0) {
          const names = users.map((session) => session.name).join(', ');
          throw new AppError(
            'conflict',
            `This model is in use by ${names}. Choose another model there first.`,
          );
        }
        await engine.models.remove(input.modelId);
      }),
    },
  };
}
