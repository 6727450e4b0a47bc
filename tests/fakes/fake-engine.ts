/**
 * An engine of pretence that implements the whole contract in memory, for tests of what stands between an engine and
 * a person. Its jobs advance by a timer, so that progress, cancelling and streaming can be watched.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { implement, ORPCError, type Router } from '@orpc/server';
import { type Contract, contract } from '../../src-main/contract/contract.ts';
import type { ErrorCode } from '../../src-main/contract/error-codes.ts';
import type { EngineEvent } from '../../src-main/contract/events.ts';
import type { Job } from '../../src-main/contract/jobs.ts';
import type { Document, Folder, Library } from '../../src-main/contract/libraries.ts';
import { settingsSchema } from '../../src-main/contract/settings.ts';
import { type JobKind, jobKinds } from '../../src-main/contract/tables/job-kinds.ts';

export type FakeEngine = {
  router: Router<Contract, Record<never, never>>;
  /** Event streams that are open at this moment. */
  openStreams: () => number;
  jobs: Job[];
  close(): Promise<void>;
};

export type FakeEngineOptions = {
  home?: string;
  /** Files a job counts through, and how long each takes. */
  files?: number;
  msPerFile?: number;
  failWith?: string;
};

const counts = { pending: 0, indexed: 2, empty: 1, encrypted: 0, unsupported: 0, 'too-large': 0, failed: 0 };

const fakeDocument: Document = {
  id: 'd1',
  folderId: 'f1',
  path: '/documents/lease.pdf',
  relativePath: 'lease.pdf',
  title: 'Lease',
  kind: 'pdf',
  sizeBytes: 1000,
  modifiedAt: 0,
  state: 'indexed',
  reason: null,
  pageCount: 3,
  chunkCount: 4,
};

/** What `appError` middleware of the real engine sends for an AppError. */
export function appError(code: ErrorCode, message: string): ORPCError<'APP_ERROR', { code: ErrorCode }> {
  return new ORPCError('APP_ERROR', { status: 400, message, data: { code } });
}

export function createFakeEngine(options: FakeEngineOptions = {}): FakeEngine {
  const os = implement(contract);
  const jobs: Job[] = [];
  const listeners = new Set<(event: EngineEvent) => void>();
  const controllers = new Map<string, AbortController>();
  const running = new Set<Promise<void>>();
  const folders: Folder[] = [];
  let settings = settingsSchema.parse({});
  let openStreams = 0;

  const library = (): Library => ({
    name: 'default',
    folders,
    counts,
    chunkCount: 4,
    vectorSets: [],
    meaning: { passages: 4, embedded: 0 },
    encoder: null,
    wordsOnlyReason: 'There is no encoder.',
  });
  const snapshot = () => ({
    version: '0.0.0',
    home: options.home ?? '/home/llara',
    libraries: [library()],
    unavailableLibraries: [],
    jobs,
    settings,
  });
  const publish = (event: EngineEvent) => {
    for (const listener of listeners) listener(structuredClone(event));
  };
  const find = (id: string) => {
    const job = jobs.find((candidate) => candidate.id === id);
    if (!job) throw appError('not-found', `There is no job ${id}.`);
    return job;
  };

  const start = (kind: JobKind, result: unknown) => {
    const job: Job = {
      id: `job-${jobs.length + 1}`,
      kind,
      library: 'default',
      title: `Fake ${kind}`,
      state: 'running',
      startedBy: 'person',
      pausedBy: null,
      progress: {
        phase: jobKinds[kind].phases[0],
        done: 0,
        total: options.files ?? 3,
        unit: 'files',
        etaSeconds: null,
      },
      failure: null,
      result: null,
      createdAt: Date.now(),
      startedAt: Date.now(),
      endedAt: null,
    };
    jobs.push(job);
    const controller = new AbortController();
    controllers.set(job.id, controller);
    const work = run(job, result, controller.signal).then(() => {
      job.endedAt = Date.now();
      publish({ type: 'job', job });
      running.delete(work);
    });
    running.add(work);
    return { jobId: job.id };
  };
  const run = async (job: Job, result: unknown, signal: AbortSignal) => {
    for (let done = 1; done <= (options.files ?? 3); done += 1) {
      await delay(options.msPerFile ?? 5);
      if (signal.aborted) {
        job.state = 'cancelled';
        return;
      }
      job.progress = { ...job.progress, done };
      publish({ type: 'job', job });
    }
    job.state = options.failWith ? 'failed' : 'completed';
    job.failure = options.failWith
      ? { code: 'disk-full', phase: job.progress.phase, message: options.failWith, retryable: false }
      : null;
    job.result = options.failWith ? null : result;
  };
  const indexResult = {
    files: 3,
    outcomes: counts,
    added: 3,
    removed: 0,
    moved: 0,
    read: 3,
    chunks: 4,
    seconds: 1.5,
  };

  const router = os.router({
    engine: {
      snapshot: os.engine.snapshot.handler(snapshot),
      events: os.engine.events.handler(async function* ({ signal }) {
        const queue: EngineEvent[] = [{ type: 'snapshot', snapshot: structuredClone(snapshot()) }];
        let wake = () => {};
        const listener = (event: EngineEvent) => {
          queue.push(event);
          wake();
        };
        listeners.add(listener);
        signal?.addEventListener('abort', () => wake());
        openStreams += 1;
        try {
          while (!signal?.aborted) {
            const event = queue.shift();
            if (event) yield event;
            else
              await new Promise<void>((resolve) => {
                wake = resolve;
              });
          }
        } finally {
          openStreams -= 1;
          listeners.delete(listener);
        }
      }),
    },
    libraries: {
      list: os.libraries.list.handler(() => [library()]),
      create: os.libraries.create.handler(({ input }) => ({ ...library(), name: input.name })),
      rename: os.libraries.rename.handler(({ input }) => ({ ...library(), name: input.name })),
      remove: os.libraries.remove.handler(() => {}),
      index: os.libraries.index.handler(() => start('index', indexResult)),
    },
    folders: {
      add: os.folders.add.handler(({ input }) => {
        const folder: Folder = {
          id: `f${folders.length + 1}`,
          path: input.path,
          exclude: input.exclude,
          addedAt: 0,
          documentCount: 0,
          unavailable: null,
          watchProblem: null,
        };
        folders.push(folder);
        return { folder, ...start('index', indexResult) };
      }),
      update: os.folders.update.handler(() => start('index', indexResult)),
      remove: os.folders.remove.handler(() => {}),
      browse: os.folders.browse.handler(() => ({ path: '/', parent: null, folders: [] })),
    },
    documents: {
      list: os.documents.list.handler(() => ({ total: 1, documents: [fakeDocument] })),
      text: os.documents.text.handler(({ input }) => {
        if (input.documentId !== 'd1')
          throw appError('not-found', `There is no document ${input.documentId}.`);
        return {
          document: fakeDocument,
          changedAt: null,
          text: 'The lease ends in May.',
          pages: [],
          headings: [],
        };
      }),
      bytes: os.documents.bytes.handler(() => new Blob(['%PDF-1.7'], { type: 'application/pdf' })),
      reindex: os.documents.reindex.handler(() => start('index', indexResult)),
    },
    jobs: {
      list: os.jobs.list.handler(() => jobs),
      get: os.jobs.get.handler(({ input }) => find(input.jobId)),
      log: os.jobs.log.handler(() => []),
      pause: os.jobs.pause.handler(({ input }) => find(input.jobId)),
      resume: os.jobs.resume.handler(({ input }) => find(input.jobId)),
      cancel: os.jobs.cancel.handler(({ input }) => {
        const job = find(input.jobId);
        controllers.get(job.id)?.abort();
        return job;
      }),
      retry: os.jobs.retry.handler(() => start('index', indexResult)),
    },
    search: {
      query: os.search.query.handler(({ input }) => ({
        mode: 'lexical' as const,
        groups: input.query.includes('nothing')
          ? []
          : [
              {
                document: fakeDocument,
                score: 0.5,
                hits: [
                  {
                    chunkId: 'c1',
                    text: 'The lease ends in May.',
                    snippet: 'The lease ends in May.',
                    highlights: [{ start: 4, end: 9 }],
                    matchedWords: ['lease'],
                    headingPath: ['Terms'],
                    page: 2,
                    range: { start: 0, end: 22 },
                    score: { fused: 0.5, lexical: 3.2, lexicalRank: 1, dense: null, denseRank: null },
                  },
                ],
              },
            ],
        notices: ['There is no encoder: searched by words.'],
        timing: { parseMs: 1, encodeMs: 0, lexicalMs: 2, denseMs: 0, fuseMs: 1, presentMs: 1, totalMs: 5 },
      })),
      feedback: os.search.feedback.handler(() => {}),
      recent: os.search.recent.handler(() => []),
    },
    models: {
      list: os.models.list.handler(() => []),
      import: os.models.import.handler(({ input }) => {
        throw appError('model-invalid', `${input.path} is no GGUF file.`);
      }),
      download: os.models.download.handler(() => start('download', null)),
      use: os.models.use.handler(() => start('switch', null)),
      remove: os.models.remove.handler(() => {}),
      devices: os.models.devices.handler(() => []),
    },
    adaptation: {
      plan: os.adaptation.plan.handler(() => {
        throw appError('not-supported', 'This build cannot train.');
      }),
      start: os.adaptation.start.handler(() => start('adapt', null)),
      curve: os.adaptation.curve.handler(() => []),
      adapters: os.adaptation.adapters.handler(() => []),
      adopt: os.adaptation.adopt.handler(() => start('switch', null)),
      remove: os.adaptation.remove.handler(() => {}),
    },
    evaluation: {
      run: os.evaluation.run.handler(({ input }) =>
        start('evaluate', {
          collection: 'fake',
          mode: input.mode,
          encoder: null,
          adapter: null,
          documents: 3,
          queries: 2,
          ndcg10: 0.5,
          mrr10: 0.5,
          recall100: 1,
          p50_ms: 1,
          p95_ms: 2,
          index_seconds: 0.1,
        }),
      ),
    },
    settings: {
      get: os.settings.get.handler(() => settings),
      update: os.settings.update.handler(({ input }) => {
        settings = { ...settings, ...input };
        return settings;
      }),
    },
  });
  return {
    router,
    openStreams: () => openStreams,
    jobs,
    close: async () => {
      for (const controller of controllers.values()) controller.abort();
      await Promise.all(running);
    },
  };
}
