/**
 * An engine made of answers alone, for what the real one shows too rarely or too slowly to test the page by: failures,
 * a run of adaptation, a model download, an engine that goes away. Its parts lie beside it.
 */
import { ORPCError } from '@orpc/server';
import { FakeEvents } from './fake-events.ts';
import { FakeJobs } from './fake-jobs.ts';
import {
  type FakeCall,
  type FakeFailures,
  type FakeProcedures,
  type FakeWorld,
  implementFakes,
} from './fake-procedures.ts';
import { createFakeState, type FakeEngineOptions, type FakeState, snapshotOf } from './fake-state.ts';
import { adaptationHandlers } from './handlers/adaptation-handlers.ts';
import { answerHandlers } from './handlers/answer-handlers.ts';
import { documentHandlers } from './handlers/document-handlers.ts';
import { libraryHandlers } from './handlers/library-handlers.ts';
import { modelHandlers } from './handlers/model-handlers.ts';
import { recognitionHandlers } from './handlers/recognition-handlers.ts';

export interface FakeEngine {
  readonly router: ReturnType<typeof createRouter>;
  readonly failures: FakeFailures;
  readonly calls: FakeCall[];
  readonly state: FakeState;
  /** For news that no call of a page brings about. */
  readonly events: FakeEvents;
  /** Event streams that are open at this moment. */
  openStreams(): number;
  close(): void;
}

export function createFakeEngine(options: FakeEngineOptions = {}): FakeEngine {
  const state = createFakeState(options);
  const events = new FakeEvents();
  const jobs = new FakeJobs(state.jobs, (event) => events.publish(event), options.stepMs ?? 120);
  const failures: FakeFailures = new Map();
  const calls: FakeCall[] = [];
  const router = createRouter(implementFakes(failures, calls), { state, events, jobs });
  return {
    router,
    failures,
    calls,
    state,
    events,
    openStreams: () => events.openStreams,
    close: () => jobs.close(),
  };
}

function createRouter(os: FakeProcedures, world: FakeWorld) {
  const { state, events, jobs } = world;
  return os.router({
    ...libraryHandlers(os, world),
    ...documentHandlers(os, world),
    ...modelHandlers(os, world),
    ...recognitionHandlers(os, world),
    ...answerHandlers(os, world),
    ...adaptationHandlers(os, world),
    engine: {
      snapshot: os.engine.snapshot.handler(() => snapshotOf(state)),
      events: os.engine.events.handler(({ signal }) => events.join(snapshotOf(state), signal)),
      examine: os.engine.examine.handler(({ input }) => {
        const libraries = 1 + state.otherLibraries.length + state.unavailableLibraries.length;
        const findings = state.findings.map((finding) =>
          input.repair && finding.repair === 'possible' ? { ...finding, repair: 'done' as const } : finding,
        );
        if (input.repair) state.findings = state.findings.filter(({ repair }) => repair !== 'possible');
        return { checks: 13, libraries, findings };
      }),
    },
    jobs: {
      list: os.jobs.list.handler(() => jobs.list()),
      get: os.jobs.get.handler(({ input }) => jobs.find(input.jobId)),
      log: os.jobs.log.handler(() => []),
      pause: os.jobs.pause.handler(({ input }) => jobs.pause(input.jobId)),
      resume: os.jobs.resume.handler(({ input }) => jobs.resume(input.jobId)),
      cancel: os.jobs.cancel.handler(({ input }) => jobs.cancel(input.jobId)),
      retry: os.jobs.retry.handler(() => ({ jobId: 'retried' })),
    },
    saved: {
      list: os.saved.list.handler(({ input }) =>
        state.saved.filter(({ library }) => library === (input.library ?? library)),
      ),
      save: os.saved.save.handler(({ input }) => {
        const saved = { ...input, createdAt: 0, lookedAt: 0, newDocumentIds: [] };
        state.saved = [...state.saved.filter(({ name }) => name !== input.name), saved];
        return saved;
      }),
      look: os.saved.look.handler(({ input }) => {
        const saved = state.saved.find(({ name }) => name === input.name);
        if (saved) return saved;
        throw new ORPCError('APP_ERROR', {
          ...{ defined: true, status: 400, data: { code: 'not-found' } },
          message: `There is no saved search "${input.name}".`,
        });
      }),
      rename: os.saved.rename.handler(({ input }) => {
        const saved = state.saved.find(({ name }) => name === input.name)!;
        const renamed = { ...saved, name: input.newName };
        state.saved = state.saved.map((one) => (one === saved ? renamed : one));
        return renamed;
      }),
      remove: os.saved.remove.handler(({ input }) => {
        state.saved = state.saved.filter(({ name }) => name !== input.name);
      }),
    },
    settings: {
      get: os.settings.get.handler(() => state.settings),
      update: os.settings.update.handler(({ input }) => {
        state.settings = { ...state.settings, ...input };
        events.publish({ type: 'settings', settings: state.settings });
        return state.settings;
      }),
    },
  });
}
