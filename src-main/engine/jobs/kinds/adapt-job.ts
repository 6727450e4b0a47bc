/** Trains an adapter on a library's documents, and takes it into use if it won. */
import { type AdaptationRequest, adaptationRequestSchema } from '../../../contract/adaptation.ts';
import { withinSettings } from '../../adapting/within-settings.ts';
import type { JobKindDefinition, JobRequest } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

export const adaptJob: JobKindDefinition<AdaptationRequest, JobParts> = {
  params: adaptationRequestSchema,
  lane: () => 'adapt',
  resumable: true,
  run: async (request, engine, control, job) => {
    const { libraries, models, curves, events } = engine;
    const session = libraries.getWritable(request.library);
    const allowed = withinSettings(request, engine.computing());
    // Training is half of the product's code, and few starts of it train.
    const { adaptLibrary } = await import('../../adapting/adapt-library.ts');
    const { adapter } = await adaptLibrary(session, models, allowed, job.id, control, (point) => {
      curves.add(job.id, point);
      events.publish({ type: 'training', jobId: job.id, point });
    });
    // By rule, only an adapter that won is taken up; the person may still choose another.
    if (adapter.verdict === 'better') engine.adopt(session.name, adapter.encoder, adapter.id);
    return adapter;
  },
};

export function adaptRequest(params: AdaptationRequest): JobRequest {
  return {
    kind: 'adapt',
    library: params.library,
    title: `Adapt to the documents of ${params.library}`,
    params,
  };
}
