/** Fetches a model of one of the catalogues. */
import { z } from 'zod';
import { describeChatModel } from '../../../llara/describe-chat-model.ts';
import { downloadModel } from '../../models/download-model.ts';
import type { JobKindDefinition, JobRequest } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

const params = z.object({ modelId: z.string() });

export const downloadJob: JobKindDefinition<z.infer<typeof params>, JobParts> = {
  params,
  lane: () => 'download',
  resumable: true,
  run: async ({ modelId }, { models, chatModels }, control) => {
    const chat = chatModels.downloadSource(modelId);
    const path = chat
      ? await downloadModel(chat, chatModels.directory, control, describeChatModel)
      : await downloadModel(models.downloadSource(modelId), models.importedDirectory, control);
    return { path };
  },
};

export function downloadRequest(modelId: string, name: string): JobRequest {
  return { kind: 'download', library: null, title: `Download ${name}`, params: { modelId } };
}
