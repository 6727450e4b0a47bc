/** Text recognition: its cost, its languages, and the job itself. */
import { AppError } from '../../common/app-error.ts';
import type { Engine } from '../engine.ts';
import { forgetRecognised } from '../folders/read-again.ts';
import { languageDownloadRequest } from '../jobs/kinds/download-job.ts';
import { indexRequest } from '../jobs/kinds/index-job.ts';
import { recogniseRequest } from '../jobs/kinds/recognise-job.ts';
import { planRecognition } from '../recognition/plan-recognition.ts';
import { procedures } from './procedures.ts';

export function recognitionHandlers(engine: Engine) {
  const { languageFiles } = engine;
  return {
    recognition: {
      plan: procedures.recognition.plan.handler(async ({ input }) =>
        planRecognition(engine.libraries.get(input.library), await languageFiles.installed()),
      ),
      start: procedures.recognition.start.handler(({ input }) => {
        engine.libraries.getWritable(input.library);
        return { jobId: engine.jobs.submit(recogniseRequest(input.library)).id };
      }),
      forget: procedures.recognition.forget.handler(({ input }) => {
        forgetRecognised(engine.libraries.getWritable(input.library));
        return { jobId: engine.jobs.submit(indexRequest(input.library)).id };
      }),
      languages: procedures.recognition.languages.handler(async () => await languageFiles.list()),
      download: procedures.recognition.download.handler(({ input }) => ({
        jobId: engine.jobs.submit(languageDownloadRequest(input.code)).id,
      })),
      import: procedures.recognition.import.handler(async ({ input }) => {
        const code = await languageFiles.import(input.path);
        await engine.background.recogniseWhatIsLittle();
        const language = (await languageFiles.list()).find((one) => one.code === code);
        if (!language) throw new AppError('not-found', `${input.path} was removed just now.`);
        return language;
      }),
      remove: procedures.recognition.remove.handler(async ({ input }) => {
        await languageFiles.remove(input.code);
      }),
    },
  };
}
