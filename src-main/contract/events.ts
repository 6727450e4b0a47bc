/** The one stream a client listens to: first a snapshot of everything it needs, then what changes. */
import { z } from 'zod';
import { trainingPointSchema } from './adaptation.ts';
import { jobSchema } from './jobs.ts';
import { librarySchema, unavailableLibrarySchema } from './libraries.ts';
import { settingsSchema } from './settings.ts';

export const engineSnapshotSchema = z.object({
  version: z.string(),
  home: z.string(),
  libraries: z.array(librarySchema),
  unavailableLibraries: z.array(unavailableLibrarySchema),
  jobs: z.array(jobSchema),
  settings: settingsSchema,
  /** Why another device computes than the one that the settings named at the start; null where it is that one. */
  deviceProblem: z.string().nullable(),
});
export type EngineSnapshot = z.infer<typeof engineSnapshotSchema>;

export const engineEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), snapshot: engineSnapshotSchema }),
  z.object({ type: z.literal('job'), job: jobSchema }),
  z.object({ type: z.literal('library'), library: librarySchema }),
  /** A renamed library ends under its old name and comes under its new one. */
  z.object({ type: z.literal('library-removed'), name: z.string() }),
  z.object({ type: z.literal('settings'), settings: settingsSchema }),
  z.object({ type: z.literal('training'), jobId: z.string(), point: trainingPointSchema }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;
