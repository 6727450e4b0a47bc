/** Jobs: everything a person can wait for, pause, resume, cancel or try again. */
import type { Engine } from '../engine.ts';
import { evaluationRequest } from '../jobs/kinds/evaluate-job.ts';
import { procedures } from './procedures.ts';

export function jobHandlers({ jobs }: Pick<Engine, 'jobs'>) {
  return {
    jobs: {
      list: procedures.jobs.list.handler(() => jobs.list()),
      get: procedures.jobs.get.handler(({ input }) => jobs.get(input.jobId)),
      log: procedures.jobs.log.handler(({ input }) => jobs.log(input.jobId)),
      pause: procedures.jobs.pause.handler(({ input }) => jobs.pause(input.jobId, input.by)),
      resume: procedures.jobs.resume.handler(({ input }) => jobs.resume(input.jobId)),
      cancel: procedures.jobs.cancel.handler(({ input }) => jobs.cancel(input.jobId)),
      retry: procedures.jobs.retry.handler(({ input }) => ({ jobId: jobs.retry(input.jobId).id })),
    },
    evaluation: {
      run: procedures.evaluation.run.handler(({ input }) => ({
        jobId: jobs.submit(evaluationRequest(input)).id,
      })),
    },
  };
}
