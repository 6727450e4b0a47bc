/** A store server, an engine that writes a library there, and engines with other data folders that read it. */
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach } from 'vitest';
import type { EngineOptions } from '../../../src-main/engine/engine.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { leaseTimes } from '../../../src-main/store/storage/writer-lease.ts';
import { type S3Server, startS3Server } from '../../support/s3/s3-server.ts';
import { TestEngine } from '../../support/test-engine.ts';

export const address = 's3://bucket/team';

/** Short, so that a test waits for what happens and not for a clock. */
export const quick: Partial<EngineOptions> = {
  sharingTimes: {
    refreshMs: 0,
    publishMs: 20,
    openingMs: 15_000,
    lease: { ...leaseTimes, settleMs: 20 },
  },
};

export class SharedWorld {
  s3!: S3Server;
  readonly #engines: TestEngine[] = [];

  /** Sets the environment's keys for the time of each test. */
  static forEachTest(): SharedWorld {
    const world = new SharedWorld();
    const before = { ...process.env };
    beforeEach(async () => {
      world.s3 = await startS3Server();
      Object.assign(process.env, world.s3.environment, { AWS_REGION: 'us-east-1' });
    });
    afterEach(async () => {
      world.s3.restore();
      for (const engine of world.#engines.splice(0).reverse()) await engine.close();
      await world.s3.close();
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    });
    return world;
  }

  get store() {
    return { at: address, endpoint: this.s3.endpoint };
  }

  /** Over a data folder of its own. `models` of another engine, so that both have the same encoder; without them it has none. */
  async engine(models?: string, options: Partial<EngineOptions> = quick): Promise<TestEngine> {
    const engine = new TestEngine(models);
    this.#engines.push(engine);
    await engine.open(options);
    return engine;
  }

  /** An engine with an encoder and a library `team` at the address. */
  async writer(options: Partial<EngineOptions> = quick): Promise<TestEngine> {
    const engine = new TestEngine();
    this.#engines.push(engine);
    await engine.makeModel();
    await engine.open(options);
    await callsOf(engine).libraries.create({ name: 'team', store: this.store });
    return engine;
  }

  async reader(writer: TestEngine, models: string | undefined = writer.models): Promise<TestEngine> {
    const engine = await this.engine(models);
    await callsOf(engine).libraries.attach(this.store);
    return engine;
  }
}

export const callsOf = (test: TestEngine) => createRouterClient(createRouter(test.engine));

/** Indexes a folder into `team` and waits until readers can have it. */
export async function indexFolder(test: TestEngine, path: string): Promise<void> {
  const { jobId } = await callsOf(test).folders.add({ library: 'team', path });
  await finished(test, jobId);
}

export async function indexAgain(test: TestEngine): Promise<void> {
  const { jobId } = await callsOf(test).libraries.index({ library: 'team' });
  await finished(test, jobId);
}

async function finished(test: TestEngine, jobId: string): Promise<void> {
  const job = await test.engine.jobs.wait(jobId);
  if (job.state !== 'completed') throw new Error(`Indexing ${job.state}: ${job.failure?.message}`);
  await test.engine.libraries.get('team').shared?.publish();
}

export async function search(test: TestEngine, query: string) {
  return await callsOf(test).search.query({ library: 'team', query });
}
