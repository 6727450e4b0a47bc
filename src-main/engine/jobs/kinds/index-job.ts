/** Brings a library's index up to date with its folders. */
import { z } from 'zod';
import { indexLibrary } from '../../indexing/index-library.ts';
import { type JobKindDefinition, type JobRequest, writeLane } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

const params = z.object({ library: z.string() });

export const indexJob: JobKindDefinition<z.infer<typeof params>, JobParts> = {
  params,
  lane: writeLane,
  resumable: true,
  run: async ({ library }, parts, control) =>
    await indexLibrary(parts.libraries.get(library), parts.readSettings(), control),
};

export function indexRequest(library: string): JobRequest {
  return { kind: 'index', library, title: `Index ${library}`, params: { library } };
}
