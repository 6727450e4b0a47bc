/** Makes a library's vectors with another encoder or adapter, beside the old ones, and takes them into use. */
import { z } from 'zod';
import { buildVectorSet } from '../../switching/build-vector-set.ts';
import { type JobKindDefinition, type JobRequest, writeLane } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

const params = z.object({ library: z.string(), modelId: z.string(), adapterId: z.string().nullable() });
type SwitchParams = z.infer<typeof params>;

export const switchJob: JobKindDefinition<SwitchParams, JobParts> = {
  params,
  lane: writeLane,
  resumable: true,
  run: async ({ library, modelId, adapterId }, { libraries, encoders }, control) => {
    const session = libraries.getWritable(library);
    const encoder = await encoders.get(modelId, session.vectors.adapterPath(adapterId));
    return await buildVectorSet(session, encoder, control);
  },
};

export function switchRequest(params: SwitchParams, title: string): JobRequest {
  return { kind: 'switch', library: params.library, title, params };
}
