/** Takes a library out of a file that an export made. */
import { type ImportRequest, importRequestSchema } from '../../../contract/libraries.ts';
import { importLibrary } from '../../exchange/import-library.ts';
import type { JobKindDefinition, JobRequest } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

export const importJob: JobKindDefinition<ImportRequest, JobParts> = {
  params: importRequestSchema,
  lane: () => 'import',
  resumable: true,
  run: async (request, parts, control, job) => await importLibrary(parts, request, control, job.id),
};

/** Of no library: the one it makes is none before its end. */
export function importRequest(params: ImportRequest, name: string): JobRequest {
  return { kind: 'import', library: null, title: `Import ${name}`, params };
}
