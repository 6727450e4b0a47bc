/**
 * An engine made of answers alone, for what the real one shows too rarely or too slowly to test the page by: failures,
 * a run of adaptation, a model download, an engine that goes away. Searches are plain word matches.
 */
import { implement, ORPCError } from '@orpc/server';
import type { Adapter, TrainingPoint } from '../../src-main/contract/adaptation.ts';
import { contract } from '../../src-main/contract/contract.ts';
import type { ErrorCode } from '../../src-main/contract/error-codes.ts';
import type { EngineEvent } from '../../src-main/contract/events.ts';
import type { Job, JobKind } from '../../src-main/contract/jobs.ts';
import type { Folder, Library } from '../../src-main/contract/libraries.ts';
import type { Device, Model } from '../../src-main/contract/models.ts';
import type { SearchGroup } from '../../src-main/contract/search.ts';
import { settingsSchema } from '../../src-main/contract/settings.ts';
import { fakeDocuments, fakeProblems } from './support/fake-library.ts';

export interface FakeEngineOptions {
  readonly empty?: boolean;
  readonly onboarded?: boolean;
  /** Milliseconds between two steps of a job. */
  readonly stepMs?: number;
}

/** `failures` maps a call's name (`search.query`) to what it shall fail with until it is taken out again. */
export interface FakeEngine {
  readonly router: ReturnType<typeof createRouter>;
  readonly failures: Map<string, { code: ErrorCode; message: string }>;
  readonly calls: { name: string; input: unknown }[];
  readonly state: FakeState;
}

interface FakeState {
  library: Library;
  jobs: Job[];
  models: Model[];
  adapters: Adapter[];
  settings: ReturnType<typeof settingsSchema.parse>;
  encoderProblem: string | null;
  /** Ids of documents whose bytes are cut off. */
  damaged: Set<string>;
}

const folder: Folder = {
  id: 'f1',
  path: '/home/ada/Documents',
  exclude: ['drafts/**'],
  addedAt: 0,
  documentCount: 7,
  unavailable: null,
};
const counts = (indexed: number) => ({
  pending: 0,
  indexed,
  empty: 1,
  encrypted: 1,
  unsupported: 0,
  'too-large': 0,
  failed: 1,
});
const noCounts = {
  pending: 0,
  indexed: 0,
  empty: 0,
  encrypted: 0,
  unsupported: 0,
  'too-large': 0,
  failed: 0,
};

export function createFakeEngine(options: FakeEngineOptions = {}): FakeEngine {
  const state: FakeState = {
    library: {
      name: 'default',
      folders: options.empty ? [] : [folder],
      counts: options.empty ? noCounts : counts(4),
      chunkCount: options.empty ? 0 : 6,
      vectorSets: [],
      wordsOnlyReason: null,
    },
    jobs: [],
    models: fakeModels(),
    adapters: [fakeAdapter('a1', 'available', 0.061)],
    settings: settingsSchema.parse({ onboarded: options.onboarded ?? true }),
    encoderProblem: null,
    damaged: new Set(),
  };
  const failures: FakeEngine['failures'] = new Map();
  const calls: FakeEngine['calls'] = [];
  return { router: createRouter(state, failures, calls, options.stepMs ?? 120), failures, calls, state };
}

function createRouter(
  state: FakeState,
  failures: FakeEngine['failures'],
  calls: FakeEngine['calls'],
  stepMs: number,
) {
  const os = implement(contract).use(({ next, path }, input) => {
    const name = path.join('.');
    calls.push({ name, input });
    const failure = failures.get(name);
    if (failure)
      throw new ORPCError('APP_ERROR', {
        defined: true,
        status: 400,
        message: failure.message,
        data: { code: failure.code },
      });
    return next();
  });
  const listeners = new Set<(event: EngineEvent) => void>();
  const publish = (event: EngineEvent) => {
    for (const listener of listeners) listener(structuredClone(event));
  };
  const documents = fakeDocuments();
  const curves = new Map<string, TrainingPoint[]>();
  const find = (id: string) => state.jobs.find((job) => job.id === id)!;
  const libraryChanged = () => publish({ type: 'library', library: state.library });

  function startJob(
    kind: JobKind,
    title: string,
    unit: string,
    total: number,
    onstep: (done: number, job: Job) => void,
    onend: (job: Job) => void,
  ) {
    const job: Job = {
      id: `${kind}-${state.jobs.length + 1}`,
      kind,
      library: kind === 'download' ? null : 'default',
      title,
      state: 'running',
      progress: {
        phase: kind === 'adapt' ? 'training' : 'reading',
        done: 0,
        total,
        unit,
        etaSeconds: (total * stepMs) / 1000,
      },
      failure: null,
      result: null,
      log: [],
      createdAt: Date.now(),
      startedAt: Date.now(),
      endedAt: null,
    };
    state.jobs.push(job);
    publish({ type: 'job', job });
    const timer = setInterval(() => {
      if (job.state === 'paused') return;
      if (job.state === 'running') {
        job.progress = {
          ...job.progress,
          done: job.progress.done + 1,
          etaSeconds: ((total - job.progress.done - 1) * stepMs) / 1000,
        };
        onstep(job.progress.done, job);
        if (job.progress.done < total) {
          publish({ type: 'job', job });
          return;
        }
        job.state = 'completed';
      }
      clearInterval(timer);
      job.endedAt = Date.now();
      if (job.state === 'completed') onend(job);
      publish({ type: 'job', job });
    }, stepMs);
    timer.unref();
    return { jobId: job.id };
  }

  const startIndex = () =>
    startJob(
      'index',
      'Reading Documents',
      'files',
      6,
      () => {},
      () => {
        state.library = {
          ...state.library,
          folders: state.library.folders.map((one) => ({ ...one, documentCount: 7 })),
          counts: counts(4),
          chunkCount: 6,
        };
        libraryChanged();
      },
    );

  const startSwitch = (adapterId: string | null) =>
    startJob(
      'switch',
      'Moving the search over',
      'passages',
      6,
      () => {},
      () => {
        state.adapters = state.adapters.map((adapter) => ({
          ...adapter,
          state:
            adapter.id === adapterId
              ? ('active' as const)
              : adapter.state === 'active'
                ? ('available' as const)
                : adapter.state,
        }));
      },
    );

  const setState = (id: string, from: Job['state'][], to: Job['state']) => {
    const job = find(id);
    if (from.includes(job.state)) job.state = to;
    publish({ type: 'job', job });
    return job;
  };

  function search(query: string): SearchGroup[] {
    const kinds = [...query.matchAll(/type:(\w+)/g)].map((match) => match[1]);
    const paths = [...query.matchAll(/path:(?:"([^"]+)"|(\S+))/g)].map((match) => match[1] ?? match[2]!);
    const words =
      query
        .replace(/(type|path|after|before):("[^"]*"|\S+)/g, '')
        .toLowerCase()
        .match(/\p{L}+/gu) ?? [];
    return documents
      .filter(
        ({ content: { document } }) =>
          (kinds.length === 0 || kinds.includes(document.kind ?? '')) &&
          paths.every((path) => document.path.includes(path)),
      )
      .map(({ content, passages }) => {
        const hits = passages.flatMap((passage, index) => {
          const text = content.text.slice(passage.start, passage.end);
          const matched = words.filter((word) => new RegExp(`\\b${word}`, 'i').test(text));
          if (matched.length === 0) return [];
          const highlights = matched.flatMap((word) =>
            [...text.matchAll(new RegExp(`\\b${word}\\w*`, 'gi'))].map((match) => ({
              start: match.index,
              end: match.index + match[0].length,
            })),
          );
          return [
            {
              chunkId: `${content.document.id}-${index}`,
              text,
              snippet: text.replaceAll('\n', ' '),
              highlights,
              matchedWords: [...new Set(highlights.map(({ start, end }) => text.slice(start, end)))],
              headingPath: passage.headingPath,
              page:
                content.pages.find((page) => passage.start >= page.start && passage.start < page.end)?.page ??
                null,
              range: { start: passage.start, end: passage.end },
              score: {
                fused: 0.03 * matched.length,
                lexical: 2.1 * matched.length,
                lexicalRank: index + 1,
                dense: index === 0 ? 0.71 : null,
                denseRank: index === 0 ? 2 : null,
              },
            },
          ];
        });
        return {
          document: content.document,
          score: hits.reduce((sum, hit) => sum + hit.score.fused, 0),
          hits,
        };
      })
      .filter((group) => group.hits.length > 0)
      .sort((a, b) => b.score - a.score);
  }

  return os.router({
    engine: {
      snapshot: os.engine.snapshot.handler(() => snapshotOf(state)),
      events: os.engine.events.handler(async function* ({ signal }) {
        const queue: EngineEvent[] = [{ type: 'snapshot', snapshot: structuredClone(snapshotOf(state)) }];
        let wake = () => {};
        const listener = (event: EngineEvent) => {
          queue.push(event);
          wake();
        };
        listeners.add(listener);
        signal?.addEventListener('abort', () => wake());
        try {
          while (!signal?.aborted) {
            const event = queue.shift();
            if (event) yield event;
            else await new Promise<void>((resolve) => (wake = resolve));
          }
        } finally {
          listeners.delete(listener);
        }
      }),
    },
    libraries: {
      list: os.libraries.list.handler(() => [state.library]),
      create: os.libraries.create.handler(({ input }) => ({ ...state.library, name: input.name })),
      remove: os.libraries.remove.handler(() => {}),
      index: os.libraries.index.handler(startIndex),
    },
    folders: {
      add: os.folders.add.handler(({ input, errors }) => {
        if (input.path.includes('missing')) {
          throw errors.APP_ERROR({
            message: `There is no folder ${input.path}.`,
            data: { code: 'path-not-readable' },
          });
        }
        const added = { ...folder, path: input.path, exclude: input.exclude, documentCount: 0 };
        state.library = { ...state.library, folders: [...state.library.folders, added] };
        libraryChanged();
        return { folder: added, ...startIndex() };
      }),
      update: os.folders.update.handler(({ input }) => {
        state.library = {
          ...state.library,
          folders: state.library.folders.map((one) =>
            one.id === input.folderId ? { ...one, exclude: input.exclude } : one,
          ),
        };
        libraryChanged();
        return startIndex();
      }),
      remove: os.folders.remove.handler(({ input }) => {
        state.library = {
          ...state.library,
          folders: state.library.folders.filter((one) => one.id !== input.folderId),
          counts: noCounts,
          chunkCount: 0,
        };
        libraryChanged();
      }),
      browse: os.folders.browse.handler(({ input }) => {
        const path = input.path ?? '/home/ada';
        const names = path === '/home/ada' ? ['Documents', 'Music', 'Pictures'] : [];
        return {
          path,
          parent: path === '/' ? null : path.slice(0, path.lastIndexOf('/')) || '/',
          folders: names.map((name) => ({ name, path: `${path}/${name}` })),
        };
      }),
    },
    documents: {
      list: os.documents.list.handler(({ input }) => {
        const all = [...documents.map(({ content }) => content.document), ...fakeProblems()].filter(
          (document) =>
            (!input.state || document.state === input.state) &&
            document.path.concat(document.relativePath).includes(input.pathContains ?? ''),
        );
        return { total: all.length, documents: all.slice(input.offset, input.offset + input.limit) };
      }),
      text: os.documents.text.handler(({ input, errors }) => {
        const found = documents.find(({ content }) => content.document.id === input.documentId);
        if (!found)
          throw errors.APP_ERROR({
            message: 'This document is no longer in the library.',
            data: { code: 'not-found' },
          });
        return found.content;
      }),
      bytes: os.documents.bytes.handler(({ input }) => {
        const found = documents.find(({ content }) => content.document.id === input.documentId)!;
        const length = state.damaged.has(input.documentId) ? 20 : found.bytes.length;
        return new Blob([new Uint8Array(found.bytes.subarray(0, length))]);
      }),
      reindex: os.documents.reindex.handler(startIndex),
    },
    jobs: {
      list: os.jobs.list.handler(() => state.jobs),
      get: os.jobs.get.handler(({ input }) => find(input.jobId)),
      pause: os.jobs.pause.handler(({ input }) => setState(input.jobId, ['running'], 'paused')),
      resume: os.jobs.resume.handler(({ input }) => setState(input.jobId, ['paused'], 'running')),
      cancel: os.jobs.cancel.handler(({ input }) =>
        setState(input.jobId, ['running', 'paused', 'queued'], 'cancelled'),
      ),
      retry: os.jobs.retry.handler(startIndex),
    },
    search: {
      query: os.search.query.handler(({ input }) => ({
        mode: input.mode,
        groups: search(input.query),
        notices: [],
        timing: {
          parseMs: 0.2,
          encodeMs: 6,
          lexicalMs: 3,
          denseMs: 4,
          fuseMs: 0.3,
          presentMs: 1,
          totalMs: 14.5,
        },
      })),
      feedback: os.search.feedback.handler(() => {}),
      recent: os.search.recent.handler(() => [
        'when does the lease end',
        'watering tomatoes',
        'where is the key of the boat',
      ]),
    },
    models: {
      list: os.models.list.handler(() => state.models),
      import: os.models.import.handler(({ input, errors }) => {
        if (!input.path.endsWith('.gguf')) {
          throw errors.APP_ERROR({
            message: `${input.path} is not a GGUF file.`,
            data: { code: 'model-invalid' },
          });
        }
        const model: Model = {
          ...state.models[0]!,
          id: 'imported',
          name: input.path.split('/').at(-1)!,
          path: input.path,
          source: 'imported',
          active: false,
        };
        state.models = [...state.models, model];
        return model;
      }),
      download: os.models.download.handler(({ input }) =>
        startJob(
          'download',
          'Downloading nomic-embed-text',
          'MB',
          40,
          () => {},
          () => {
            state.models = state.models.map((model) =>
              model.id === input.modelId ? { ...model, path: `/models/${model.id}.gguf` } : model,
            );
          },
        ),
      ),
      use: os.models.use.handler(({ input }) =>
        startJob(
          'switch',
          'Building new vectors',
          'passages',
          6,
          () => {},
          () => {
            state.models = state.models.map((model) => ({ ...model, active: model.id === input.modelId }));
          },
        ),
      ),
      remove: os.models.remove.handler(({ input }) => {
        state.models = state.models.filter((model) => model.id !== input.modelId);
      }),
      devices: os.models.devices.handler(() => fakeDevices()),
    },
    adaptation: {
      plan: os.adaptation.plan.handler(({ input }) => ({
        documents: 4,
        heldOutDocuments: 1,
        passages: 180,
        pairs: 412,
        tokens: 61_000,
        steps: Math.round(input.budgetSeconds / 3),
        device: 'CPU',
        estimatedSeconds: input.budgetSeconds,
        memoryBytes: 840_000_000,
        availableMemoryBytes: 9_300_000_000,
        refusal: null,
      })),
      start: os.adaptation.start.handler(() =>
        startJob(
          'adapt',
          'Adapting to your documents',
          'steps',
          40,
          (done, job) => {
            const point = fakePoint(done, 40);
            curves.set(job.id, [...(curves.get(job.id) ?? []), point]);
            publish({ type: 'training', jobId: job.id, point });
          },
          () => {
            state.adapters = [
              fakeAdapter(`a${state.adapters.length + 1}`, 'available', 0.043),
              ...state.adapters,
            ];
          },
        ),
      ),
      curve: os.adaptation.curve.handler(({ input }) => curves.get(input.jobId) ?? []),
      adapters: os.adaptation.adapters.handler(() => state.adapters),
      adopt: os.adaptation.adopt.handler(({ input }) => startSwitch(input.adapterId)),
      remove: os.adaptation.remove.handler(({ input }) => {
        state.adapters = state.adapters.filter((adapter) => adapter.id !== input.adapterId);
      }),
    },
    evaluation: {
      run: os.evaluation.run.handler(() =>
        startJob(
          'evaluate',
          'Evaluating',
          'questions',
          4,
          () => {},
          () => {},
        ),
      ),
    },
    settings: {
      get: os.settings.get.handler(() => state.settings),
      update: os.settings.update.handler(({ input }) => {
        state.settings = { ...state.settings, ...input };
        publish({ type: 'settings', settings: state.settings });
        return state.settings;
      }),
    },
  });
}

function snapshotOf(state: FakeState) {
  return {
    version: '0.1.0',
    home: '/home/ada/.local/share/llara',
    libraries: [state.library],
    jobs: state.jobs,
    settings: state.settings,
    encoder: state.encoderProblem ? null : 'llara-mini',
    encoderProblem: state.encoderProblem,
  };
}

function fakePoint(step: number, totalSteps: number): TrainingPoint {
  const loss = 0.9 + 2.4 * Math.exp(-step / 12) + 0.12 * Math.sin(step * 1.7);
  const validation = step % 5 === 0 ? 1.2 + 2.6 * Math.exp(-step / 14) : null;
  return {
    step,
    totalSteps,
    loss,
    losses: { ebae: loss * 0.4, ebar: loss * 0.3, pairs: loss * 0.3 },
    validation,
    learningRate: 3e-4,
    tokensPerSecond: 2150,
  };
}

function fakeAdapter(id: string, state: Adapter['state'], gain: number): Adapter {
  return {
    id,
    library: 'default',
    createdAt: Date.parse('2026-04-02'),
    encoder: 'llara-mini',
    rank: 16,
    trainedDocuments: 212,
    trainedSeconds: 604,
    figures: {
      questions: 148,
      ndcg10Before: 0.612,
      ndcg10After: 0.612 + gain,
      mrr10Before: 0.574,
      mrr10After: 0.574 + gain,
      pValue: 0.004,
      differenceLow: gain - 0.03,
      differenceHigh: gain + 0.03,
    },
    verdict: 'better',
    sentence:
      'The adapted encoder answers held-back questions better than before; the difference is unlikely to be chance.',
    state,
  };
}

function fakeModels(): Model[] {
  const shared = { contextLength: 512, url: null, sha256: null, unusable: null, languages: ['English'] };
  return [
    {
      ...shared,
      id: 'mini',
      name: 'llara-mini',
      path: '/app/models/llara-mini.gguf',
      source: 'bundled',
      architecture: 'llama',
      dimension: 384,
      sizeBytes: 31_000_000,
      licence: 'MIT',
      active: true,
    },
    {
      ...shared,
      id: 'nomic',
      name: 'nomic-embed-text-v1.5',
      path: null,
      source: 'catalogue',
      architecture: 'nomic-bert',
      dimension: 768,
      contextLength: 2048,
      sizeBytes: 146_000_000,
      licence: 'Apache-2.0',
      url: 'https://huggingface.co/nomic-ai/nomic-embed-text-v1.5-GGUF',
      active: false,
    },
    {
      ...shared,
      id: 'old',
      name: 'broken-model',
      path: '/models/broken.gguf',
      source: 'imported',
      architecture: null,
      dimension: null,
      contextLength: null,
      sizeBytes: 12_000,
      licence: null,
      languages: [],
      active: false,
      unusable: 'The file ends in the middle of a tensor; import it again.',
    },
  ];
}

function fakeDevices(): Device[] {
  return [
    {
      name: 'cpu',
      description: 'AMD EPYC, 2 threads',
      backend: 'cpu',
      memoryBytes: 24_000_000_000,
      usable: true,
      probe: 'The reference for all other devices.',
      chunksPerSecond: 46,
      active: true,
    },
    {
      name: 'vulkan0',
      description: 'Radeon 780M',
      backend: 'vulkan',
      memoryBytes: 4_000_000_000,
      usable: false,
      probe: 'Its vectors differ from the CPU’s (cosine 0.91), so it is not used.',
      chunksPerSecond: null,
      active: false,
    },
  ];
}
