/** Folders of a library, and looking around for one to add. */
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import { expandHome } from '../../common/paths/expand-home.ts';
import { kindByName } from '../../library/extraction/document-kind.ts';
import { previewFile, previewFolder } from '../../library/watching/preview-folder.ts';
import { removeFolder, removeLeftOut } from '../documents/change-documents.ts';
import type { Engine } from '../engine.ts';
import { scannedBelow } from '../folders/absorb-inner-folders.ts';
import { addFolder } from '../folders/add-folder.ts';
import { suggestFolders } from '../folders/suggest-folders.ts';
import { indexRequest } from '../jobs/kinds/index-job.ts';
import { procedures } from './procedures.ts';

export function folderHandlers(engine: Engine) {
  return {
    folders: {
      add: procedures.folders.add.handler(async ({ input }) => {
        const session = engine.libraries.getWritable(input.library);
        const place = await readablePlace(input.path);
        const folder = await addFolder(session, place, input.exclude);
        return { folder, jobId: engine.jobs.submit(indexRequest(input.library)).id };
      }),
      update: procedures.folders.update.handler(async ({ input }) => {
        const { library, folderId, exclude, recognise } = input;
        const session = engine.libraries.getWritable(library);
        if (exclude) {
          session.folders.setExclude(folderId, exclude);
          await removeLeftOut(session, folderId);
        }
        if (recognise !== undefined) session.folders.setRecognise(folderId, recognise);
        session.changed();
        return { jobId: engine.jobs.submit(indexRequest(input.library)).id };
      }),
      remove: procedures.folders.remove.handler(async ({ input }) => {
        await removeFolder(engine.libraries.getWritable(input.library), input.folderId);
      }),
      suggest: procedures.folders.suggest.handler(async ({ input }) => {
        const folders = engine.libraries.get(input.library).folders.list();
        const suggested = [];
        for (const suggestion of await suggestFolders()) {
          const places = await Promise.all(folders.map((folder) => scannedBelow(folder, suggestion.path)));
          if (places.every((place) => place === null)) suggested.push(suggestion);
        }
        return suggested;
      }),
      preview: procedures.folders.preview.handler(async ({ input, signal }) => {
        const { path, isFile } = await readablePlace(input.path);
        if (isFile) return await previewFile(path);
        return await previewFolder(path, { exclude: input.exclude, ...(signal ? { signal } : {}) });
      }),
      browse: procedures.folders.browse.handler(async ({ input }) => {
        const { path, isFile } = await readablePlace(input.path ?? homedir());
        const folder = isFile ? dirname(path) : path;
        const entries = await readdir(folder, { withFileTypes: true });
        const named = (is: (entry: Dirent) => boolean) =>
          entries
            .filter((entry) => is(entry) && !entry.name.startsWith('.'))
            .map(({ name }) => ({ name, path: join(folder, name) }))
            .sort((a, b) => a.name.localeCompare(b.name));
        return {
          path,
          isFile,
          parent: dirname(folder) === folder ? null : dirname(folder),
          folders: named((entry) => entry.isDirectory()),
          files: named((entry) => entry.isFile() && kindByName(entry.name) !== undefined),
        };
      }),
    },
  };
}

/** The real path of a folder or file. Throws `path-not-readable`. */
async function readablePlace(path: string): Promise<{ path: string; isFile: boolean }> {
  const expanded = expandHome(path, homedir());
  try {
    const stats = await stat(expanded);
    if (stats.isDirectory() || stats.isFile())
      return { path: await realpath(expanded), isFile: stats.isFile() };
  } catch (error) {
    throw new AppError(
      'path-not-readable',
      `${expanded} cannot be read. Check that it exists and that you may open it.`,
      {
        cause: error,
      },
    );
  }
  throw new AppError('path-not-readable', `${expanded} is neither a folder nor a file.`);
}
