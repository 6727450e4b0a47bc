/** Adapting the encoder to a library's documents, and choosing among the adapters that came of it. */
import { rm } from 'node:fs/promises';
import { AppError } from '../../common/app-error.ts';
import type { Adapter } from '../../contract/adaptation.ts';
import { withinSettings } from '../adapting/within-settings.ts';
import type { Engine } from '../engine.ts';
import { adaptRequest } from '../jobs/kinds/adapt-job.ts';
import type { LibrarySession } from '../library-session.ts';
import { procedures } from './procedures.ts';

export function adaptationHandlers(engine: Engine) {
  return {
    adaptation: {
      plan: procedures.adaptation.plan.handler(async ({ input }) => {
        const allowed = withinSettings(input, engine.computing());
        const { planLibraryAdaptation } = await import('../adapting/adapt-library.ts');
        return await planLibraryAdaptation(
          engine.libraries.getWritable(input.library),
          engine.models,
          allowed,
        );
      }),
      start: procedures.adaptation.start.handler(({ input }) => {
        engine.libraries.getWritable(input.library);
        return { jobId: engine.jobs.submit(adaptRequest(input)).id };
      }),
      curve: procedures.adaptation.curve.handler(({ input }) => engine.curves.get(input.jobId)),
      adapters: procedures.adaptation.adapters.handler(({ input }) =>
        adapters(engine.libraries.get(input.library)),
      ),
      adopt: procedures.adaptation.adopt.handler(({ input }) => {
        const session = engine.libraries.getWritable(input.library);
        const encoder = adoptedEncoder(session, input.adapterId);
        return { jobId: engine.adopt(input.library, encoder, input.adapterId).id };
      }),
      remove: procedures.adaptation.remove.handler(async ({ input }) => {
        const session = engine.libraries.getWritable(input.library);
        const adapter = adapters(session).find((candidate) => candidate.id === input.adapterId);
        if (!adapter) throw new AppError('not-found', `This library has no adapter ${input.adapterId}.`);
        if (adapter.state === 'active') {
          throw new AppError(
            'conflict',
            'This adapter is in use. Switch to another one or back to none, then remove it.',
          );
        }
        await session.vectors.dropAdapterSets(adapter.id);
        await engine.encoders.unload(adapter.encoder, session.vectors.adapterPath(adapter.id));
        session.adapters.remove(adapter.id);
        await rm(session.vectors.adapterPath(adapter.id) ?? '', { force: true });
      }),
    },
  };
}

function adapters(session: LibrarySession): Adapter[] {
  const activeId = session.vectors.sets.active()?.adapter ?? null;
  return session.adapters.list().map((adapter) => {
    const rejected = adapter.verdict === 'better' ? ('available' as const) : ('rejected' as const);
    return { ...adapter, state: adapter.id === activeId ? ('active' as const) : rejected };
  });
}

function adoptedEncoder(session: LibrarySession, adapterId: string | null): string {
  if (adapterId !== null) {
    const adapter = session.adapters.find(adapterId);
    if (!adapter) throw new AppError('not-found', `This library has no adapter ${adapterId}.`);
    return adapter.encoder;
  }
  const encoder = session.vectors.sets.active()?.encoder;
  if (!encoder)
    throw new AppError('model-missing', 'This library has no encoder yet; choose one under Models.');
  return encoder;
}
