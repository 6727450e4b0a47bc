/** Makes a library's vectors with another encoder or adapter, beside the old ones, and takes them into use. */
import { z } from 'zod';
import { readFolders } from '../../indexing/index-library.ts';
import { buildVectorSet } from '../../switching/build-vector-set.ts';
import { type JobKindDefinition, type JobRequest, writeLane } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

const params = z.object({ library: z.string(), modelId: z.string(), adapterId: z.string().nullable() });
type SwitchParams = z.infer<typeof params>;

export const switchJob: JobKindDefinition<SwitchParams, JobParts> = {
  params,
  lane: writeLane,
  resumable: true,
  run: async ({ library, modelId, adapterId }, parts, control) => {
    const { libraries, encoders, background } = parts;
    const session = libraries.getWritable(library);
    const encoder = await encoders.get(modelId, session.vectors.adapterPath(adapterId));
    const isAskedToIndex = background.askedToIndex(library);
    return await buildVectorSet(session, encoder, control, async () => {
      const isAsked = isAskedToIndex();
      if (isAsked) await readFolders(session, parts.readSettings(), control);
      return isAsked;
    });
  },
};

export function switchRequest(params: SwitchParams, title: string): JobRequest {
  return { kind: 'switch', library: params.library, title, params };
}
