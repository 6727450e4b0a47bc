/** Encoders and rerankers. Changing the encoder is a job, as it makes new vectors; a reranker is chosen by a setting. */
import { AppError } from '../../common/app-error.ts';
import type { Engine } from '../engine.ts';
import { downloadRequest } from '../jobs/kinds/download-job.ts';
import { switchRequest } from '../jobs/kinds/switch-job.ts';
import { MeasuredPaces } from '../models/measured-paces.ts';
import { procedures } from './procedures.ts';

export function modelHandlers(engine: Engine) {
  const used = () =>
    new Set([
      ...engine.libraries.all().map((session) => session.vectors.encoder?.info.id ?? ''),
      engine.settings.get().reranker,
    ]);
  const paces = new MeasuredPaces();
  const measured = () => {
    const encoder = engine.libraries.all().find((session) => session.vectors.encoder)?.vectors.encoder;
    return paces.with(encoder ?? null);
  };
  const list = async (paces?: ReadonlyMap<string, number>) => {
    const models = await engine.models.list(used(), paces);
    const { questionMs } = engine.reranker;
    return models.map((model) => ({ ...model, questionMs: questionMs.get(model.id) ?? null }));
  };
  return {
    models: {
      list: procedures.models.list.handler(async () => await list(await measured())),
      import: procedures.models.import.handler(async ({ input }) => {
        const { id } = await engine.models.import(input.path);
        const models = await list();
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
        if (model.description.kind === 'reranker')
          throw new AppError(
            'bad-request',
            `${model.description.name} is a reranker and makes no vectors. It is chosen under Models, or with: llara models rerank ${model.id}`,
          );
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
        if (engine.settings.get().reranker === input.modelId)
          throw new AppError(
            'conflict',
            'This reranker takes its second look at every search. Choose another one or none first.',
          );
        await engine.models.remove(input.modelId);
      }),
    },
  };
}
