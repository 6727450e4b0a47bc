/**
 * SIGKILL at random moments of adapting, of switching and of measuring: search answers all the while, the work goes on or says that
 * it ended, the result is that of an undisturbed run, and nothing is left behind. KILLS sets how many of each.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import { Engine } from '../../../src-main/engine/engine.ts';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import { makeTinyLora } from '../../native/models/make-tiny-lora.ts';
import { adapterForBoth } from '../../support/adapter-for-both.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

const killCount = Number(process.env.KILLS ?? 4);
const documentCount = 20;
const maxChildMs = 240_000;
const scratch = mkdtempSync(join(tmpdir(), 'llara-adapt-kill-'));
const model = join(scratch, 'tiny.gguf');
const collection = join(scratch, 'collection');
/** Of the child processes alone, so that every folder in it is theirs. */
const temporary = join(scratch, 'temporary');
const disturbed = join(scratch, 'disturbed');
const undisturbed = join(scratch, 'undisturbed');
const random = seededRandom('kills of adaptation');
const runtime = await NativeRuntime.create();
let running: ChildProcess | null = null;

beforeAll(async () => {
  await makeTinyLlama(runtime, model, { layerCount: 1 });
  mkdirSync(temporary);
  const documents = join(scratch, 'documents');
  // As many as adaptation wants, and short, so that all of them are learnt from within seconds.
  writeTextFolder(documents, documentCount, 'notes', [10, 24]);
  writeCollection(documents);
  await index(undisturbed, documents);
  // A copy, since ids of documents, by which they are split, are drawn at random.
  cpSync(undisturbed, disturbed, { recursive: true });
}, 300_000);

// A test that ran out of time leaves its child at work on the library that the next one opens.
afterEach(() => {
  running?.kill('SIGKILL');
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const limit = { timeout: 60_000 + killCount * 60_000 };

/** Lets the job run once in peace, and once over all kills to its end; the first of them in the phase that is named, however long others take. */
async function completeDespiteKills(kind: 'adapt' | 'switch' | 'embed', firstIn?: string): Promise<void> {
  const calm = await run(undisturbed, kind, null);
  expect(calm.outcome).toBe('completed');
  if (firstIn)
    expect(await run(disturbed, kind, firstIn)).toMatchObject({ outcome: 'killed', phase: firstIn });
  const { killed, phases } = await killRepeatedly(kind, calm.workMs);
  const last = await run(disturbed, kind, null);
  expect(last.outcome).toBe('completed');
  console.info(`${kind}: ${killed} killed at work of ${calm.workMs} ms, in ${[...phases].join(', ')}`);
  expect(killed).toBe(killCount);
}

describe(`${killCount} kills`, () => {
  it('of adapting: the same adapter and figures as undisturbed', limit, async () => {
    await completeDespiteKills('adapt', 'training');
    const adapters = await readAdapters(disturbed);
    expect(adapters[0]).toEqual((await readAdapters(undisturbed))[0]);
    expectNothingLeftBehind();
  });

  it('of switching: the pointer moves as undisturbed', limit, async () => {
    await completeDespiteKills('switch');
    expectNothingLeftBehind();
    expect(await activeRows(disturbed)).toBe(await activeRows(undisturbed));
  });

  it('of a switch that embeds all passages anew: the pointer moves as undisturbed', limit, async () => {
    // More to embed, and nothing of it to learn from.
    const longer = join(scratch, 'longer');
    writeTextFolder(longer, documentCount, 'longer');
    for (const home of [disturbed, undisturbed]) {
      await index(home, longer);
      await addAdapterForBoth(home);
    }
    await completeDespiteKills('embed');
    expectNothingLeftBehind();
    expect(await activeRows(disturbed)).toBe(await activeRows(undisturbed));
  });

  it('of measuring: no folder stays', limit, async () => {
    const { killed, phases } = await killRepeatedly('evaluate', 6000);
    const last = await run(disturbed, 'evaluate', null);
    expect(last.outcome).toBe('completed');
    console.info(`evaluate: ${killed} killed at work, in ${[...phases].join(', ')}`);
    expect(killed).toBe(killCount);
    expect(readdirSync(temporary).filter((name) => name.startsWith('llara-eval-'))).toEqual([]);
    expectNothingLeftBehind();
  });
});

async function killRepeatedly(kind: string, workMs: number) {
  let killed = 0;
  const phases = new Set<string>();
  let latestMs = workMs;
  for (let round = 0; killed < killCount && round < 6 * killCount; round += 1) {
    // Somewhere in each part of the work in turn, so that no phase of it is left out.
    const moment = (killed + random.next()) / killCount;
    const { outcome, phase, workMs: tookMs } = await run(disturbed, kind, 5 + moment * latestMs * 0.9);
    if (outcome !== 'killed') {
      // It was done sooner than the undisturbed run, which other work had slowed down.
      latestMs = Math.min(latestMs, tookMs);
      continue;
    }
    killed += 1;
    phases.add(phase);
  }
  return { killed, phases };
}

type ChildRun = { outcome: string; workMs: number; phase: string };

/** Starts the child and kills it: so many ms after it has begun to work, or in the phase of that name; never with null. Any search that failed is an error. */
function run(home: string, kind: string, killAt: number | string | null): Promise<ChildRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'work-until-killed.ts'), kind, collection],
      {
        env: { ...process.env, LLARA_HOME: home, LLARA_MODEL: model, TMPDIR: temporary },
        stdio: ['ignore', 'pipe', 'inherit'],
        timeout: maxChildMs,
      },
    );
    running = child;
    let output = '';
    let startedAt = 0;
    child.stdout.on('data', (data: Buffer) => {
      const isStart = !output.includes('working') && data.toString().includes('working');
      output += data.toString();
      if (typeof killAt === 'string' && output.includes(`phase: ${killAt}\n`)) child.kill('SIGKILL');
      if (!isStart) return;
      startedAt = performance.now();
      if (typeof killAt === 'number') setTimeout(() => child.kill('SIGKILL'), killAt);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      const workMs = Math.round(performance.now() - startedAt);
      const phase = [...output.matchAll(/phase: (.*)/g)].at(-1)?.[1] ?? 'start';
      if (/search (failed|found)/.test(output)) reject(new Error(output));
      else if (signal === 'SIGKILL') resolve({ outcome: 'killed', workMs, phase });
      else if (code === 0) resolve({ outcome: output.trim().split('\n').at(-1)!.trim(), workMs, phase });
      else reject(new Error(`The child ended with code ${code} and signal ${signal}: ${output}`));
    });
  });
}

/** Every table and file of the library is one that the manifest names. */
function expectNothingLeftBehind(): void {
  const library = join(disturbed, 'libraries', 'default');
  const adapting = join(library, 'adapting');
  expect(existsSync(adapting) ? readdirSync(adapting) : []).toEqual([]);
  const tables = readdirSync(join(library, 'index')).filter(
    (name) => name.endsWith('.lance') && name !== 'passages.lance',
  );
  expect(tables.length).toBeLessThanOrEqual(2);
}

async function withEngine<T>(home: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  process.env.LLARA_MODEL = model;
  const engine = await Engine.open({ home });
  try {
    return await use(engine);
  } finally {
    await engine.close();
    delete process.env.LLARA_MODEL;
  }
}

/** Figures and the adapter's bytes, without what time and chance give: ids and seconds. Also checks tables against the manifest. */
async function readAdapters(home: string) {
  return await withEngine(home, async (engine) => {
    const session = engine.libraries.get('default');
    const files = readdirSync(join(session.directory, 'adapters')).sort();
    const stored = session.adapters.list();
    expect(files).toEqual(stored.map(({ id }) => `${id}.gguf`).sort());
    return stored.map(({ id, figures, verdict, rank, trainedDocuments }) => ({
      figures,
      verdict,
      rank,
      trainedDocuments,
      bytes: createHash('sha256')
        .update(readFileSync(session.vectors.adapterPath(id)!))
        .digest('hex'),
    }));
  });
}

/** Beside the trained one, with its figures. */
async function addAdapterForBoth(home: string): Promise<void> {
  await withEngine(home, async (engine) => {
    const { adapters, vectors } = engine.libraries.get('default');
    await makeTinyLora(runtime, vectors.adapterPath(adapterForBoth)!, { layerCount: 1 });
    adapters.add({ ...adapters.list()[0]!, id: adapterForBoth });
  });
}

async function activeRows(home: string): Promise<number> {
  return await withEngine(home, async (engine) => {
    const { vectors } = engine.libraries.get('default');
    expect((await vectors.store.listSets()).sort()).toEqual(
      vectors.sets
        .list()
        .map(({ id }) => id)
        .sort(),
    );
    expect(vectors.sets.list().filter(({ state }) => state === 'building')).toEqual([]);
    return await vectors.active.countRows();
  });
}

async function index(home: string, documents: string): Promise<void> {
  await withEngine(home, async (engine) => {
    engine.libraries.get('default').folders.add(documents, []);
    const job = await engine.jobs.wait(engine.jobs.submit(indexRequest('default')).id);
    expect(job.state).toBe('completed');
  });
}

function writeCollection(documents: string): void {
  mkdirSync(collection);
  const texts = readdirSync(documents).map((name) => readFileSync(join(documents, name), 'utf8'));
  const lines = (rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
  writeFileSync(
    join(collection, 'corpus.jsonl'),
    lines(texts.map((text, id) => ({ _id: `${id}`, title: '', text }))),
  );
  writeFileSync(join(collection, 'queries.jsonl'), lines([{ _id: 'q', text: 'who repaired the roof' }]));
  writeFileSync(join(collection, 'qrels.tsv'), 'query-id\tcorpus-id\tscore\nq\t3\t1\n');
}
