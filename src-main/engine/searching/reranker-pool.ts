/**
 * The reranker that the settings name, loaded by the first question that it reads for and let go when nobody has asked for a while, or when the
 * settings name another: it may be larger than everything else that the engine holds.
 */
import { AppError } from '../../common/app-error.ts';
import type { Settings } from '../../contract/settings.ts';
import { createReranker } from '../../llara/rerank/create-reranker.ts';
import type { Reranker } from '../../llara/rerank/reranker.ts';
import type { Rerank } from '../../search/ranking/rerank-passages.ts';
import type { ModelRegistry } from '../models/model-registry.ts';

export type RerankerPoolOptions = {
  models: ModelRegistry;
  /** Id of the reranker's file; empty for none. */
  chosen: () => string;
  computing: () => Pick<Settings, 'device' | 'threads'>;
  /** Between two questions, after which the model's memory is free again. */
  idleMs?: number;
  /** Of a question, loading left out: what has been read by then counts, and the rest stays where it was. */
  longestMs?: number;
  /** Opens a file; for tests. */
  create?: typeof createReranker;
};

/** Read at a time, the best first; enough for all lanes to compute. */
const readAtOnce = 8;

type Loaded = {
  id: string;
  reranker: Promise<Reranker>;
  /** Ends the questions that it reads for. */
  stop: AbortController;
};

export class RerankerPool {
  readonly #options: Required<RerankerPoolOptions>;
  readonly #paces = new Map<string, number>();
  #loaded: Loaded | null = null;
  #idle: NodeJS.Timeout | null = null;
  #asking = 0;

  constructor(options: RerankerPoolOptions) {
    this.#options = { idleMs: 600_000, longestMs: 20_000, create: createReranker, ...options };
  }

  /** Undefined while none is chosen. Gives scores of the first texts alone where there is no time for more. */
  get rerank(): Rerank | undefined {
    const id = this.#options.chosen();
    return id === '' ? undefined : (question, texts, signal) => this.#rank(id, question, texts, signal);
  }

  /** Milliseconds that the last question took, loading left out, by the reranker's id. */
  get questionMs(): ReadonlyMap<string, number> {
    return this.#paces;
  }

  /** Lets go of a reranker that is not the chosen one any more. */
  async follow(): Promise<void> {
    if (this.#loaded && this.#loaded.id !== this.#options.chosen()) await this.close();
  }

  /** Questions that it reads for are answered without it. It is loaded again where somebody asks. */
  async close(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    const loaded = this.#loaded;
    this.#loaded = null;
    if (loaded) await letGo(loaded);
  }

  async #rank(
    id: string,
    question: string,
    texts: readonly string[],
    signal?: AbortSignal,
  ): Promise<number[]> {
    if (this.#idle) clearTimeout(this.#idle);
    this.#asking += 1;
    try {
      const loaded = this.#load(id);
      const reranker = await untilAborted(loaded.reranker, signal);
      const startedAtMs = performance.now();
      const limit = AbortSignal.timeout(this.#options.longestMs);
      const signals = AbortSignal.any([loaded.stop.signal, limit, ...(signal ? [signal] : [])]);
      const scores: number[] = [];
      for (let first = 0; first < texts.length; first += readAtOnce) {
        const next = texts.slice(first, first + readAtOnce);
        const made = await reranker.rank(question, next, signals).catch((error: unknown) => {
          if (!limit.aborted || signals.reason !== limit.reason) throw error;
          return null;
        });
        if (made === null) break;
        scores.push(...made);
      }
      this.#paces.set(id, performance.now() - startedAtMs);
      if (scores.length === 0 && texts.length > 0) throw this.#tooSlow(reranker.name);
      return scores;
    } finally {
      this.#asking -= 1;
      if (this.#asking === 0) {
        this.#idle = setTimeout(() => void this.close(), this.#options.idleMs);
        this.#idle.unref();
      }
    }
  }

  #load(id: string): Loaded {
    if (this.#loaded?.id === id) return this.#loaded;
    const loaded: Loaded = { id, reranker: this.#create(id, this.#loaded), stop: new AbortController() };
    this.#loaded = loaded;
    // The file may be there again when somebody asks the next time.
    loaded.reranker.catch(() => {
      if (this.#loaded === loaded) this.#loaded = null;
    });
    return loaded;
  }

  /** The one before makes room first. */
  async #create(id: string, before: Loaded | null): Promise<Reranker> {
    if (before) await letGo(before);
    const { path } = await this.#options.models.find(id);
    const { device, threads } = this.#options.computing();
    return await this.#options.create({ modelPath: path, device, threads: threads || undefined });
  }

  #tooSlow(name: string): AppError {
    const seconds = Math.round(this.#options.longestMs / 1000);
    return new AppError(
      'not-supported',
      `${name} read nothing within ${seconds} seconds. Choose a smaller reranker, or none, under Models.`,
    );
  }
}

async function letGo({ reranker, stop }: Loaded): Promise<void> {
  stop.abort(new AppError('cancelled', 'It was put away meanwhile.'));
  await (await reranker.catch(() => null))?.dispose();
}

/** Loading cannot be stopped, and goes on for whoever asks next. */
async function untilAborted<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (!signal) return await work;
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
    work.catch(() => undefined);
  }
}
