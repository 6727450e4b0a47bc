/** Reads the text of scans and pictures, beside whatever is written to the library meanwhile. */
import { z } from 'zod';
import { recogniseLibrary } from '../../recognition/recognise-library.ts';
import type { JobKindDefinition, JobRequest } from '../job-kind.ts';
import type { JobParts } from '../job-parts.ts';

const params = z.object({ library: z.string() });

export const recogniseJob: JobKindDefinition<z.infer<typeof params>, JobParts> = {
  params,
  // One page at a time is enough of a load for a machine that somebody works on.
  lane: () => 'recognise',
  resumable: true,
  run: async ({ library }, parts, control) =>
    await recogniseLibrary(
      parts.libraries.getWritable(library),
      {
        thread: parts.recognitionThread,
        languageFiles: parts.languageFiles,
        settings: parts.readSettings(),
        index: () => parts.background.index(library),
      },
      control,
    ),
};

export function recogniseRequest(library: string): JobRequest {
  return { kind: 'recognise', library, title: `Read scans of ${library}`, params: { library } };
}
