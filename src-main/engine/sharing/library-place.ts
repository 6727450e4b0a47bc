/**
 * Where the store of a library is, if not in the library's own folder: the one place where that is noted. It lies in that folder, so that it goes
 * where the library goes on this machine. No key is ever in it; those are in the environment.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';
import { replaceFile } from '../../common/replace-file.ts';
import { sharedAddressSchema } from '../../store/storage/shared-address.ts';

const placeSchema = sharedAddressSchema.extend({
  access: z.enum(['write', 'read']),
  /** By which the store knows the manifest that writes to it; of a reader its own. */
  owner: z.string(),
  /** Of the last process that wrote: where it died, the next one knows its lease by it. */
  leaseToken: z.string().nullable(),
  /** Until the writing has been taken over from another machine. */
  isTakingOver: z.boolean().optional(),
});
export type LibraryPlace = z.infer<typeof placeSchema>;

const pathIn = (directory: string): string => join(directory, 'place.json');

/** Null for a library whose store is in its own folder. Throws `library-corrupt` for a note that cannot be read. */
export async function readPlace(directory: string): Promise<LibraryPlace | null> {
  const path = pathIn(directory);
  if (!existsSync(path)) return null;
  try {
    return placeSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new AppError(
      'library-corrupt',
      `${path}, which says where this library's index is, cannot be read. Remove the library and attach or create it again.`,
      { cause },
    );
  }
}

export async function writePlace(directory: string, place: LibraryPlace): Promise<void> {
  await mkdir(directory, { recursive: true });
  await replaceFile(pathIn(directory), JSON.stringify(place));
}
