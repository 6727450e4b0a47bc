/** The whole way of adapting an encoder of BERT architecture in the engine: plan, job, adapter, adoption, and back to the bare encoder. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Engine } from '../../../src-main/engine/engine.ts';
import { adaptRequest } from '../../../src-main/engine/jobs/kinds/adapt-job.ts';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyBert } from '../../native/models/make-tiny-bert.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';
import { passageVectors } from './passage-vectors.ts';

const scratch = mkdtempSync(join(tmpdir(), 'llara-adapt-bert-'));
const models = join(scratch, 'models');
let engine: Engine;

beforeAll(async () => {
  mkdirSync(models);
  await makeTinyBert(await NativeRuntime.create(), join(models, 'e5-tiny.gguf'));
  writeTextFolder(join(scratch, 'documents'), 20);
  engine = await Engine.open({ home: join(scratch, 'home'), bundledModels: models });
  engine.libraries.get('default').folders.add(join(scratch, 'documents'), []);
  const job = await engine.jobs.wait(engine.jobs.submit(indexRequest('default')).id);
  expect(job.state).toBe('completed');
}, 120_000);

afterAll(async () => {
  await engine?.close();
  rmSync(scratch, { recursive: true, force: true });
});

const session = () => engine.libraries.get('default');
const ask = async () => [...(await session().vectors.encoder!.encode(['the northern wall'], 'query'))[0]!];

const vectorsByPassage = () => passageVectors(session().vectors.active);

it('ends with figures and an adapter, which moves queries alone and can be laid off again', async () => {
  const limits = { budgetSeconds: 10, device: 'cpu', threads: 1, rank: 4, seed: 1 };
  const request = { library: 'default', method: 'auto' as const, ...limits };
  const job = await engine.jobs.wait(engine.jobs.submit(adaptRequest(request)).id);
  expect(job.failure).toBeNull();
  const [adapter, ...others] = session().adapters.list();
  expect(others).toEqual([]);
  expect(adapter).toMatchObject({ rank: 4, figures: { questions: expect.any(Number) } });
  expect(adapter!.figures.questions).toBeGreaterThan(30);
  expect(adapter!.figures.ndcg10Before).toBeGreaterThan(0);

  const switchTo = async (adapterId: string | null) => {
    const { encoder } = session().vectors.sets.active()!;
    const switched = await engine.jobs.wait(engine.adopt('default', encoder, adapterId).id);
    expect(switched.failure).toBeNull();
    expect(session().vectors.encoder?.info.adapterId ?? null).toBe(adapterId);
  };
  await switchTo(null);
  const [bare, passages] = [await ask(), await vectorsByPassage()];
  expect(passages.size).toBeGreaterThan(39);
  await switchTo(adapter!.id);
  expect(await ask()).not.toEqual(bare);
  expect(await vectorsByPassage()).toEqual(passages);
  await switchTo(null);
  expect(await ask()).toEqual(bare);
  expect(await vectorsByPassage()).toEqual(passages);
}, 180_000);
