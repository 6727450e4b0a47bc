/** Answers with their sources, and the chat models that write them. */
import { answerQuestion } from '../../answering/answer-question.ts';
import { listServerModels } from '../../answering/chat/open-ai-server.ts';
import type { MeaningOf } from '../../answering/similarity.ts';
import { AppError } from '../../common/app-error.ts';
import type { AnswerEvent, AnswerRequest } from '../../contract/answers/answers.ts';
import { findPassages } from '../answering/find-passages.ts';
import { openChat } from '../answering/open-chat.ts';
import type { Engine } from '../engine.ts';
import { downloadRequest } from '../jobs/kinds/download-job.ts';
import { procedures, withAppErrors } from './procedures.ts';

export function answerHandlers(engine: Engine) {
  return {
    answers: {
      ask: procedures.answers.ask.handler(({ input, signal }) => withAppErrors(ask(engine, input, signal))),
      models: procedures.answers.models.handler(async () => await engine.chatModels.list()),
      import: procedures.answers.import.handler(
        async ({ input }) => await engine.chatModels.import(input.path),
      ),
      download: procedures.answers.download.handler(({ input }) => {
        const source = engine.chatModels.downloadSource(input.modelId);
        if (!source)
          throw new AppError('not-found', `There is no chat model ${input.modelId} in the catalogue.`);
        return { jobId: engine.jobs.submit(downloadRequest(input.modelId, source.name)).id };
      }),
      remove: procedures.answers.remove.handler(async ({ input }) => {
        const { chatSource, chatModel } = engine.settings.get();
        if (chatSource === 'model' && chatModel === input.modelId)
          throw new AppError('conflict', 'This model writes the answers. Choose another one or none first.');
        await engine.chatModels.remove(input.modelId);
      }),
      serverModels: procedures.answers.serverModels.handler(
        async ({ input, signal }) =>
          await listServerModels(input.server ?? engine.settings.get().chatServer, signal),
      ),
    },
  };
}

async function* ask(
  engine: Engine,
  request: AnswerRequest,
  signal?: AbortSignal,
): AsyncGenerator<AnswerEvent> {
  const left = new AbortController();
  const stop = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
  try {
    const settings = engine.settings.get();
    const { chatModels: models, home, packs } = engine;
    const chat = await openChat(settings, { models, home, packs }, stop);
    const { passages, notices, confidence } = await findPassages(engine.libraries, request, stop);
    const [library] = passages.map((passage) => passage.library);
    const encoder = library === undefined ? null : engine.libraries.get(library).vectors.encoder;
    const meaningOf: MeaningOf | null =
      encoder &&
      ((texts, role, signal) =>
        encoder.encode(texts, role, { priority: 'interactive', ...(signal ? { signal } : {}) }));
    yield* answerQuestion(
      { question: request.question, passages, notices, confidence, chat, meaningOf },
      stop,
    );
  } finally {
    // Whoever leaves the stream in the middle leaves the model, too.
    left.abort(new AppError('cancelled', 'The answer was not waited for.'));
  }
}
