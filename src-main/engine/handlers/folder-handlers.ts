/** Folders of a library, and looking around for one to add. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import { previewFolder } from '../../library/watching/preview-folder.ts';
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
        const session = engine.libraries.get(input.library);
        const path = await readableFolder(input.path);
        const folder = await addFolder(session, path, input.exclude);
        return { folder, jobId: engine.jobs.submit(indexRequest(input.library)).id };
      }),
      update: procedures.folders.update.handler(({ input }) => {
        const { library, folderId, exclude, recognise } = input;
        const session = engine.libraries.get(library);
        if (exclude) session.folders.setExclude(folderId, exclude);
        if (recognise !== undefined) session.folders.setRecognise(folderId, recognise);
        session.changed();
        return { jobId: engine.jobs.submit(indexRequest(input.library)).id };
      }),
      remove: procedures.folders.remove.handler(async ({ input }) => {
        await engine.libraries.get(input.library).removeFolder(input.folderId);
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
        const path = await readableFolder(input.path);
        return await previewFolder(path, { exclude: input.exclude, ...(signal ? { signal } : {}) });
      }),
      browse: procedures.folders.browse.handler(async ({ input }) => {
        const path = await readableFolder(input.path ?? homedir());
        const entries = await readdir(path, { withFileTypes: true });
        const folders = entries
          .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
          .map((entry) => ({ name: entry.name, path: join(path, entry.name) }))
          .sort((a, b) => a.name.localeCompare(b.name));
        return { path, parent: dirname(path) === path ? null : dirname(path), folders };
      }),
    },
  };
}

/** The folder's real path. Throws `path-not-readable`. */
async function readableFolder(path: string): Promise<string> {
  const expanded = path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : resolve(path);
  try {
    if ((await stat(expanded)).isDirectory()) return await realpath(expanded);
  } catch (error) {
    throw new AppError(
      'path-not-readable',
      `${expanded} cannot be read. Check that it exists and that you may open it.`,
      {
        cause: error,
      },
    );
  }
  throw new AppError('path-not-readable', `${expanded} is a file. Add the folder that it is in.`);
}
