/** Encoders and devices of the fake engine. */
import type { Model } from '../../../../src-main/contract/models.ts';
import { fakeCudaPack, fakeDevices } from '../fake-models.ts';
import type { FakeProcedures, FakeWorld } from '../fake-procedures.ts';

export function modelHandlers(os: FakeProcedures, { state, jobs }: FakeWorld) {
  return {
    models: {
      list: os.models.list.handler(() => state.models),
      import: os.models.import.handler(({ input, errors }) => {
        if (!input.path.endsWith('.gguf')) {
          const message = `${input.path} is not a GGUF file.`;
          throw errors.APP_ERROR({ message, data: { code: 'model-invalid' } });
        }
        const model: Model = {
          ...state.models[0]!,
          id: 'imported',
          name: input.path.split('/').at(-1)!,
          path: input.path,
          source: 'imported',
          active: false,
        };
        state.models = [...state.models, model];
        return model;
      }),
      download: os.models.download.handler(({ input }) =>
        jobs.start({
          kind: 'download',
          title: 'Downloading nomic-embed-text',
          unit: 'bytes',
          total: 40,
          library: null,
          onCompleted: () => {
            state.models = state.models.map((model) =>
              model.id === input.modelId ? { ...model, path: `/models/${model.id}.gguf` } : model,
            );
          },
        }),
      ),
      use: os.models.use.handler(({ input }) =>
        jobs.start({
          kind: 'switch',
          title: 'Building new vectors',
          unit: 'passages',
          total: 6,
          onCompleted: () => {
            state.models = state.models.map((model) => ({ ...model, active: model.id === input.modelId }));
          },
        }),
      ),
      remove: os.models.remove.handler(({ input }) => {
        state.models = state.models.filter((model) => model.id !== input.modelId);
      }),
    },
    devices: {
      list: os.devices.list.handler(() => fakeDevices()),
      packs: os.devices.packs.handler(() => [state.cuda]),
      install: os.devices.install.handler(() =>
        jobs.start({
          kind: 'download',
          title: 'Download CUDA',
          unit: 'bytes',
          total: 40,
          library: null,
          onCompleted: () => {
            state.cuda = { ...state.cuda, state: 'installed', sizeBytes: 564_000_000 };
          },
        }),
      ),
      remove: os.devices.remove.handler(() => {
        state.cuda = fakeCudaPack();
      }),
    },
  };
}
