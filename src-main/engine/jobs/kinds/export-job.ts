/** Puts a library into one file. */
import { z } from 'zod';
import { exportLibrary } from '../../exchange/export-library.ts';
import { type JobKindDefinition, type JobRequest, writeLane } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

const params = z.object({ library: z.string(), path: z.string(), withIndex: z.boolean() });
type ExportParams = z.infer<typeof params>;

export const exportJob: JobKindDefinition<ExportParams, JobParts> = {
  params,
  lane: writeLane,
  // Who asked for a file looks for it at once; later it would be a surprise.
  resumable: false,
  run: async ({ library, path, withIndex }, { libraries, settings }, control) =>
    await exportLibrary(
      libraries.getWritable(library),
      { path, withIndex, settings: settings.get() },
      control,
    ),
};

export function exportRequest(params: ExportParams): JobRequest {
  return { kind: 'export', library: params.library, title: `Export ${params.library}`, params };
}
