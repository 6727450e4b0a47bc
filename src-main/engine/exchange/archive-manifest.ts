/** What an archive of a library says about itself, in a part of its own that is read before anything else. */
import { z } from 'zod';

/** Raised when an archive of this version could not be read by the one before. */
export const archiveVersion = 1;
export const manifestPart = 'manifest.json';
/** Where the library's own files lie in the archive. */
export const libraryPrefix = 'library/';

export const archiveEntrySchema = z.object({
  /** With `/`. */
  name: z
    .string()
    .startsWith(libraryPrefix)
    .refine((name) => name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')),
  bytes: z.number().int().min(0),
  /** Hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ArchiveEntry = z.infer<typeof archiveEntrySchema>;

export const archiveManifestSchema = z.object({
  format: z.literal('llara-library'),
  version: z.number().int(),
  product: z.string(),
  /** Milliseconds since 1970. */
  madeAt: z.number(),
  library: z.string(),
  withIndex: z.boolean(),
  /** Paths of the library's folders on the machine that it comes from. */
  folders: z.array(z.string()),
  /** Those of the whole program, apart from what suits one machine alone. */
  settings: z.record(z.string(), z.unknown()),
  entries: z.array(archiveEntrySchema),
});
export type ArchiveManifest = z.infer<typeof archiveManifestSchema>;
