/** What a switch of adapter does to the vectors of passages: one for queries alone leaves them as they are, one for both does not. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Engine } from '../../../src-main/engine/engine.ts';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import { makeTinyLora } from '../../native/models/make-tiny-lora.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';
import { passageVectors } from './passage-vectors.ts';

const scratch = mkdtempSync(join(tmpdir(), 'llara-adapter-switch-'));
const runtime = await NativeRuntime.create();
let engine: Engine;

beforeAll(async () => {
  const model = join(scratch, 'tiny.gguf');
  await makeTinyLlama(runtime, model);
  process.env.LLARA_MODEL = model;
  writeTextFolder(join(scratch, 'documents'), 12);
  engine = await Engine.open({ home: join(scratch, 'home') });
  engine.libraries.get('default').folders.add(join(scratch, 'documents'), []);
  const job = await engine.jobs.wait(engine.jobs.submit(indexRequest('default')).id);
  expect(job.state).toBe('completed');
}, 120_000);

afterAll(async () => {
  await engine?.close();
  delete process.env.LLARA_MODEL;
  rmSync(scratch, { recursive: true, force: true });
});

const session = () => engine.libraries.get('default');

const vectorsByPassage = () => passageVectors(session().vectors.active);

async function switchTo(adapterId: string | null, queriesOnly = false): Promise<void> {
  if (adapterId) {
    const path = session().vectors.adapterPath(adapterId) as string;
    mkdirSync(join(path, '..'), { recursive: true });
    await makeTinyLora(runtime, path, { queriesOnly });
  }
  const { encoder } = session().vectors.sets.active()!;
  const job = await engine.jobs.wait(engine.adopt('default', encoder, adapterId).id);
  expect(job.failure).toBeNull();
  expect(session().vectors.encoder?.info.adapterId).toBe(adapterId);
}

const queryVector = async () => (await session().vectors.encoder!.encode(['the northern wall'], 'query'))[0]!;

it('an adapter for queries alone changes queries and no passage; one for both changes both, and is undone', async () => {
  const passages = await vectorsByPassage();
  const query = await queryVector();
  expect(passages.size).toBeGreaterThan(11);

  await switchTo('for-queries', true);
  expect(await vectorsByPassage()).toEqual(passages);
  expect(await queryVector()).not.toEqual(query);

  await switchTo('for-both');
  const altered = await vectorsByPassage();
  for (const [id, vector] of passages) expect(altered.get(id)).not.toEqual(vector);

  await switchTo(null);
  const restored = await vectorsByPassage();
  for (const [id, vector] of passages) {
    const cosine = vector.reduce((sum, value, at) => sum + value * restored.get(id)![at]!, 0);
    // Kept in half precision, a unit vector is one to three digits.
    expect(cosine).toBeGreaterThan(0.999);
  }
}, 120_000);
