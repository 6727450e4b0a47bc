/**
 * Puts a library into one file, for another machine or for safekeeping: what a person made of it (folders, feedback, adapters, settings), and on
 * demand what can be made again from the documents. Searches go on meanwhile; writes wait. The documents themselves are not in it.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../../contract/settings.ts';
import { migrateLibrary } from '../indexing/migrate-library.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import { productVersion } from '../product-version.ts';
import { archiveVersion, libraryPrefix } from './archive-manifest.ts';
import { type ArchiveFile, writeArchive } from './write-archive.ts';

export type ExportResult = { path: string; bytes: number; files: number; withIndex: boolean };

export async function exportLibrary(
  session: LibrarySession,
  { path, withIndex, settings }: { path: string; withIndex: boolean; settings: Settings },
  control: JobControl,
): Promise<ExportResult> {
  await migrateLibrary(session, control);
  const copies = join(session.directory, 'exporting');
  // What a kill left.
  await rm(copies, { recursive: true, force: true });
  try {
    return await session.vectors.store.write(async () => {
      await mkdir(copies, { recursive: true });
      const files = [
        ...session.copyDatabases(copies, withIndex).map((name) => ({
          name: `${libraryPrefix}${name}`,
          path: join(copies, name),
        })),
        ...(await filesBelow(session.directory, 'adapters')),
        ...(withIndex ? await filesBelow(session.directory, 'index') : []),
      ];
      // These suit one machine alone, or are a permission that was given there.
      const { device: _, threads: __, assistantsMayWrite: ___, ...shared } = settings;
      const about = {
        format: 'llara-library' as const,
        version: archiveVersion,
        product: productVersion(),
        madeAt: Date.now(),
        library: session.name,
        withIndex,
        folders: session.folders.list().map((folder) => folder.path),
        settings: shared,
      };
      const { bytes } = await writeArchive(path, files, about, {
        signal: control.signal,
        onFile: async (done, name) => {
          control.report('packing', done, files.length, 'files', name);
          await control.checkpoint();
        },
      });
      return { path, bytes, files: files.length, withIndex };
    });
  } finally {
    await rm(copies, { recursive: true, force: true });
  }
}

async function filesBelow(directory: string, folder: string): Promise<ArchiveFile[]> {
  const entries = await readdir(join(directory, folder), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: libraryPrefix + path.slice(directory.length + 1).replaceAll('\\', '/') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
