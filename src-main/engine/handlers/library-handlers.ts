/** Libraries: list, create, remove, index; out into a file and in from one. */
import { resolve } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import type { Engine } from '../engine.ts';
import { checkImport } from '../exchange/import-library.ts';
import { lookIntoArchive } from '../exchange/look-into-archive.ts';
import { readAllAgain } from '../folders/read-again.ts';
import { exportRequest } from '../jobs/kinds/export-job.ts';
import { importRequest } from '../jobs/kinds/import-job.ts';
import { indexRequest } from '../jobs/kinds/index-job.ts';
import { procedures } from './procedures.ts';

export function libraryHandlers(engine: Engine) {
  return {
    libraries: {
      list: procedures.libraries.list.handler(() =>
        engine.libraries.all().map((session) => session.describe()),
      ),
      create: procedures.libraries.create.handler(async ({ input }) => await engine.libraries.create(input)),
      attach: procedures.libraries.attach.handler(async ({ input }) => await engine.libraries.attach(input)),
      remove: procedures.libraries.remove.handler(async ({ input }) => {
        await engine.stopJobsOf(input.library);
        await engine.libraries.remove(input.library);
      }),
      rename: procedures.libraries.rename.handler(async ({ input }) => {
        await engine.stopJobsOf(input.library);
        return await engine.libraries.rename(input.library, input.name);
      }),
      index: procedures.libraries.index.handler(({ input }) => {
        const session = engine.libraries.getWritable(input.library);
        if (input.force) readAllAgain(session);
        return { jobId: engine.jobs.submit(indexRequest(input.library, { anew: input.force })).id };
      }),
      export: procedures.libraries.export.handler(({ input }) => {
        const { shared } = engine.libraries.getWritable(input.library);
        if (shared && input.withIndex) {
          throw new AppError(
            'not-supported',
            `The index of "${input.library}" is at ${shared.storage.address} and not on this machine. Export without it, or attach it elsewhere (llara library attach).`,
          );
        }
        return { jobId: engine.jobs.submit(exportRequest({ ...input, path: resolve(input.path) })).id };
      }),
      lookInto: procedures.libraries.lookInto.handler(
        async ({ input }) => await lookIntoArchive(resolve(input.path)),
      ),
      import: procedures.libraries.import.handler(async ({ input }) => {
        const request = { ...input, path: resolve(input.path) };
        const name = await checkImport(engine, request);
        return { jobId: engine.jobs.submit(importRequest(request, name)).id };
      }),
    },
  };
}
