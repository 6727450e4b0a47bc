/** Answers of the fake engine: a fixed one in two sentences, of which the second is supported by nothing. */
import { searchRequestSchema } from '../../../../src-main/contract/search.ts';
import type { FakeProcedures, FakeWorld } from '../fake-procedures.ts';
import { fakeSearch } from '../fake-search.ts';

export function answerHandlers(os: FakeProcedures, { state, jobs }: FakeWorld) {
  return {
    answers: {
      ask: os.answers.ask.handler(async function* ({ input, errors }) {
        if (state.settings.chatSource === 'none')
          throw errors.APP_ERROR({ message: 'No chat model is chosen.', data: { code: 'model-missing' } });
        const { question } = input;
        const request = searchRequestSchema.parse({ query: question });
        const { groups, notices } = state.answer?.(question) ?? fakeSearch(state.documents, request);
        const passages = groups.flatMap(({ document, hits }) =>
          hits.map(({ text, range, page, headingPath }, index) => ({
            ...{ number: index + 1, library: 'default', documentId: document.id, title: document.title },
            ...{ path: document.path, page, headingPath, text, range },
          })),
        );
        yield { type: 'passages' as const, passages, notices };
        const [first] = passages;
        if (first) {
          yield { type: 'writing' as const, text: first.text.slice(0, 9) };
          const sentence = { text: first.text, passages: [1], isSupported: true, opensParagraph: true };
          yield { type: 'sentence' as const, sentence };
          const doubtful = { text: 'See https://evil.example/ for more.', passages: [], isSupported: false };
          yield { type: 'sentence' as const, sentence: { ...doubtful, opensParagraph: false } };
        }
        const outcome = first ? ('answered' as const) : ('not-in-documents' as const);
        yield { type: 'end' as const, outcome, model: first ? 'fake-chat' : null, seconds: 0.5 };
      }),
      models: os.answers.models.handler(() => []),
      import: os.answers.import.handler(({ input, errors }) => {
        throw errors.APP_ERROR({
          message: `${input.path} holds no chat template, so it is no chat model.`,
          data: { code: 'model-invalid' },
        });
      }),
      download: os.answers.download.handler(() =>
        jobs.start({ kind: 'download', title: 'Downloading', unit: 'bytes', total: 40, library: null }),
      ),
      remove: os.answers.remove.handler(() => {}),
      serverModels: os.answers.serverModels.handler(() => ['fake-chat']),
    },
  };
}
