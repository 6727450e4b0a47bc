/** Brings a library's index up to date with its folders. */
import { z } from 'zod';
import { type IndexPart, indexLibrary, indexParts } from '../../indexing/index-library.ts';
import { type JobKindDefinition, type JobRequest, writeLane } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

const params = z.object({
  library: z.string(),
  /** Whether what is to be read anew and was put back is taken up. */
  anew: z.boolean().optional(),
  only: z.enum(indexParts).optional(),
});

export const indexJob: JobKindDefinition<z.infer<typeof params>, JobParts> = {
  params,
  lane: writeLane,
  resumable: true,
  run: async ({ library, anew, only }, parts, control) => {
    const session = parts.libraries.getWritable(library);
    if (anew) session.documents.anew.takeUp();
    const isAskedAgain = parts.background.askedToIndex(library);
    const result = await indexLibrary(session, parts.readSettings(), control, { only, isAskedAgain });
    if (only !== 'words') await parts.background.recogniseWhatIsLittle(library);
    return result;
  },
  cancelled: ({ library }, parts) => {
    const session = parts.libraries.get(library);
    session.documents.anew.putBack();
    session.changed();
  },
};

type IndexRequestOptions = { anew?: boolean; only?: IndexPart | undefined };

export function indexRequest(library: string, { anew, only }: IndexRequestOptions = {}): JobRequest {
  const params = { library, ...(anew ? { anew } : {}), ...(only ? { only } : {}) };
  return { kind: 'index', library, title: `Index ${library}`, params };
}
