/**
 * Takes a library out of an archive. It is unpacked and checked beside the libraries, its paths are made those of this machine, and only then
 * does one rename make it a library. Killed at any line, the same import goes on, or begins anew where that is safer.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportRequest } from '../../contract/libraries.ts';
import { settingsChangeSchema } from '../../contract/settings.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { JobParts } from '../jobs/job-parts.ts';
import { LibrarySession } from '../library-session.ts';
import { libraryPrefix } from './archive-manifest.ts';
import { mapFolders, mappedFolders } from './map-folders.ts';
import { LibraryArchive } from './read-archive.ts';

export type ImportResult = { library: string; files: number; withIndex: boolean; folders: string[] };

/** In the library's folder once it is one: which job put it there. */
const receiptName = 'imported.json';

/** What is wrong with an import before it has begun, and the name that the library is to get. */
export async function checkImport(
  parts: Pick<JobParts, 'libraries'>,
  request: ImportRequest,
): Promise<string> {
  const archive = await LibraryArchive.open(request.path);
  try {
    const name = request.name ?? archive.manifest.library;
    parts.libraries.checkFree(name);
    mappedFolders(archive.manifest.folders, request.map);
    return name;
  } finally {
    archive.close();
  }
}

export async function importLibrary(
  parts: JobParts,
  request: ImportRequest,
  control: JobControl,
  jobId: string,
): Promise<ImportResult> {
  const { libraries } = parts;
  const archive = await LibraryArchive.open(request.path);
  try {
    const { manifest } = archive;
    const name = request.name ?? manifest.library;
    const result = () => ({
      library: name,
      files: manifest.entries.length,
      withIndex: manifest.withIndex,
      folders: libraries
        .get(name)
        .folders.list()
        .map(({ path }) => path),
    });
    if (await isImported(parts, name, jobId)) {
      await libraries.adopt(name, null);
      await rm(stageOf(parts.home, name), { recursive: true, force: true });
    } else {
      libraries.checkFree(name);
      mappedFolders(manifest.folders, request.map);
      const stage = await unpack(parts.home, name, archive, control);
      control.report('mapping', 0, null, '');
      await prepare(parts, stage, request, jobId);
      await parts.stopJobsOf(name);
      await libraries.adopt(name, stage.library);
      await rm(stage.directory, { recursive: true, force: true });
    }
    if (request.settings) parts.settings.update(knownSettings(manifest.settings));
    parts.background.goOn(name);
    return result();
  } finally {
    archive.close();
  }
}

const stageOf = (home: string, name: string): string => join(home, 'importing', name);

type Stage = { directory: string; library: string; opened: string };

async function unpack(
  home: string,
  name: string,
  archive: LibraryArchive,
  control: JobControl,
): Promise<Stage> {
  const directory = stageOf(home, name);
  const stage = { directory, library: join(directory, 'library'), opened: join(directory, 'opened') };
  const identity = createHash('sha256').update(JSON.stringify(archive.manifest)).digest('hex');
  const identityPath = join(directory, 'archive');
  const before = await readFile(identityPath, 'utf8').catch(() => null);
  // What was opened has changed since it was unpacked; what is of another archive is of no use.
  if (before !== identity || existsSync(stage.opened)) await rm(directory, { recursive: true, force: true });
  await mkdir(stage.library, { recursive: true });
  await writeFile(identityPath, identity);
  const { entries } = archive.manifest;
  for (const [done, entry] of entries.entries()) {
    control.report('unpacking', done, entries.length, 'files', entry.name);
    await control.checkpoint();
    await archive.unpack(
      entry,
      join(stage.library, ...entry.name.slice(libraryPrefix.length).split('/')),
      control.signal,
    );
  }
  return stage;
}

/** Opens what was unpacked as the library that it will be, which shows that it can be, and makes its paths those of this machine. */
async function prepare(parts: JobParts, stage: Stage, request: ImportRequest, jobId: string): Promise<void> {
  await writeFile(stage.opened, '');
  const { encoders, extraction } = parts;
  const session = await LibrarySession.open({
    name: 'import',
    directory: stage.library,
    encoders,
    extraction,
    onChange: () => {},
  });
  try {
    await mapFolders(session, request.map);
    // Rows that were written anew would be weighed otherwise than those that were not.
    if (request.map.length > 0)
      await session.vectors.store.passages.maintain({ force: true, rebuildWords: true });
  } finally {
    await session.close();
  }
  await writeFile(join(stage.library, receiptName), JSON.stringify({ jobId }));
}

/** Whether this very job had put the library in its place before it was killed. */
async function isImported({ libraries }: JobParts, name: string, jobId: string): Promise<boolean> {
  const text = await readFile(join(libraries.directoryOf(name), receiptName), 'utf8').catch(() => '{}');
  return (JSON.parse(text) as { jobId?: string }).jobId === jobId;
}

/** Those that this version knows, with values that it takes. What assistants may do is for the person to allow on this machine. */
function knownSettings(stated: Record<string, unknown>) {
  const settings = Object.entries(stated).flatMap(([name, value]) => {
    if (name === 'assistantsMayWrite') return [];
    const parsed = settingsChangeSchema.safeParse({ [name]: value });
    return parsed.success ? Object.entries(parsed.data) : [];
  });
  return Object.fromEntries(settings);
}
