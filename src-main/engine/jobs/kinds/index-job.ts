/** Brings a library's index up to date with its folders. */
import { z } from 'zod';
import { indexLibrary } from '../../indexing/index-library.ts';
import { type JobKindDefinition, type JobRequest, writeLane } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

const params = z.object({
  library: z.string(),
  /** Whether what is to be read anew and was put back is taken up. */
  anew: z.boolean().optional(),
});

export const indexJob: JobKindDefinition<z.infer<typeof params>, JobParts> = {
  params,
  lane: writeLane,
  resumable: true,
  run: async ({ library, anew }, parts, control) => {
    const session = parts.libraries.getWritable(library);
    if (anew) session.documents.anew.takeUp();
    const result = await indexLibrary(session, parts.readSettings(), control, waitingSince(parts, library));
    await parts.background.recogniseWhatIsLittle(library);
    return result;
  },
  cancelled: ({ library }, parts) => {
    const session = parts.libraries.get(library);
    session.documents.anew.putBack();
    session.changed();
  },
};

export function indexRequest(library: string, { anew = false } = {}): JobRequest {
  const params = { library, ...(anew ? { anew } : {}) };
  return { kind: 'index', library, title: `Index ${library}`, params };
}

/** Whether another index run has been asked for since the last time; the one that works already looks at the files for it. */
function waitingSince({ background }: JobParts, library: string): () => boolean {
  let seen = background.waitingIndexJob(library);
  return () => {
    const waiting = background.waitingIndexJob(library);
    const isNew = waiting !== undefined && waiting !== seen;
    seen = waiting;
    return isNew;
  };
}
