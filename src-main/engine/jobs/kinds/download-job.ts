/** Fetches a model of the catalogue. */
import { z } from 'zod';
import { downloadModel } from '../../models/download-model.ts';
import type { JobKindDefinition, JobRequest } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

const params = z.object({ modelId: z.string() });

export const downloadJob: JobKindDefinition<z.infer<typeof params>, JobParts> = {
  params,
  lane: () => 'download',
  resumable: true,
  run: async ({ modelId }, { models }, control) => {
    const source = models.downloadSource(modelId);
    return { path: await downloadModel(source, models.importedDirectory, control) };
  },
};

export function downloadRequest(modelId: string, name: string): JobRequest {
  return { kind: 'download', library: null, title: `Download ${name}`, params: { modelId } };
}
