/** An engine on a scratch home with a tiny random encoder: real in every part but the meaning of its vectors. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from '../../src-main/contract/jobs.ts';
import {
  type SearchRequest,
  type SearchResponse,
  searchRequestSchema,
} from '../../src-main/contract/search.ts';
import { Engine, type EngineOptions } from '../../src-main/engine/engine.ts';
import type { IndexResult } from '../../src-main/engine/indexing/index-library.ts';
import { indexRequest } from '../../src-main/engine/jobs/kinds/index-job.ts';
import { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import { makeTinyLlama, type TinyLlamaOptions } from '../native/models/make-tiny-llama.ts';

export class TestEngine {
  readonly scratch = mkdtempSync(join(tmpdir(), 'llara-test-'));
  readonly home = join(this.scratch, 'home');
  readonly models: string;
  #engine: Engine | undefined;

  /** A folder of encoders that ship, in place of one of its own that is empty. */
  constructor(models?: string) {
    this.models = models ?? join(this.scratch, 'models');
  }

  get engine(): Engine {
    if (!this.#engine) throw new Error('The test engine is not open.');
    return this.#engine;
  }

  /** A folder below the scratch folder; not made. */
  path(...parts: string[]): string {
    return join(this.scratch, ...parts);
  }

  async makeModel(name = 'tiny.gguf', options: TinyLlamaOptions = {}): Promise<string> {
    const path = join(this.models, name);
    mkdirSync(this.models, { recursive: true });
    await makeTinyLlama(await NativeRuntime.create(), path, options);

    return path;
  }

  async open(options: Partial<EngineOptions> = {}): Promise<Engine> {
    this.#engine = await Engine.open({ home: this.home, bundledModels: this.models, ...options });
    return this.#engine;
  }

  async reopen(options: Partial<EngineOptions> = {}): Promise<Engine> {
    await this.#engine?.close();
    return await this.open(options);
  }

  /** Runs an index job to its end. */
  async index(folder?: string, exclude: string[] = []): Promise<{ job: Job; result: IndexResult }> {
    const session = this.engine.libraries.get('default');
    if (folder) session.folders.add(folder, exclude);
    const job = await this.engine.jobs.wait(this.engine.jobs.submit(indexRequest('default')).id);
    if (job.state !== 'completed') throw new Error(`Indexing ${job.state}: ${job.failure?.message}`);
    return { job, result: job.result as IndexResult };
  }

  async search(query: string, options: Partial<SearchRequest> = {}): Promise<SearchResponse> {
    return await this.engine.libraries
      .get('default')
      .search(searchRequestSchema.parse({ query, ...options }));
  }

  async close(): Promise<void> {
    await this.#engine?.close();
    if (existsSync(this.scratch)) rmSync(this.scratch, { recursive: true, force: true });
  }
}
