/** Text recognition of the fake engine: nothing waits unless a test says so. */
import type { FakeProcedures, FakeWorld } from '../fake-procedures.ts';

export function recognitionHandlers(os: FakeProcedures, { state, jobs }: FakeWorld) {
  const { recognition } = state;
  const install = (code: string) => {
    recognition.languages = recognition.languages.map((one) =>
      one.code === code ? { ...one, isInstalled: true } : one,
    );
    return recognition.languages.find((one) => one.code === code) ?? recognition.languages[0]!;
  };
  return {
    recognition: {
      plan: os.recognition.plan.handler(({ input }) => ({
        library: input.library,
        documents: recognition.waitingPages,
        pages: recognition.waitingPages,
        pagesSwitchedOff: 0,
        secondsPerPage: 4,
        isMeasured: false,
        estimatedSeconds: recognition.waitingPages * 4,
        languages: recognition.languages.filter((one) => one.isInstalled).map(({ code }) => code),
      })),
      start: os.recognition.start.handler(() =>
        jobs.start({
          kind: 'recognise',
          title: 'Read scans',
          unit: 'pages',
          total: 5,
          onCompleted: () => {
            recognition.waitingPages = 0;
          },
        }),
      ),
      forget: os.recognition.forget.handler(() =>
        jobs.start({ kind: 'index', title: 'Reading again', unit: 'files', total: 1 }),
      ),
      languages: os.recognition.languages.handler(() => recognition.languages),
      download: os.recognition.download.handler(({ input }) =>
        jobs.start({
          kind: 'download',
          title: 'Download language data',
          unit: 'bytes',
          total: 10,
          library: null,
          onCompleted: () => void install(input.code),
        }),
      ),
      import: os.recognition.import.handler(() => install('eng')),
      remove: os.recognition.remove.handler(() => {}),
    },
  };
}
