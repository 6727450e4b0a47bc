/**
 * SIGKILL at random moments of importing a library, and of bringing one of an earlier version into the present layout: either goes on at the next
 * start, and the library then answers as after an undisturbed run. KILLS sets how many of each.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import { searchRequestSchema } from '../../../src-main/contract/search.ts';
import { Engine } from '../../../src-main/engine/engine.ts';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

const killCount = Number(process.env.KILLS ?? 4);
const questions = ['who repaired the roof', 'apples in the valley', '"old boat"', 'tenant'];
const scratch = mkdtempSync(join(tmpdir(), 'llara-import-kill-'));
const path = (...parts: string[]) => join(scratch, ...parts);
const archive = path('library.llara');
const random = seededRandom('kills of imports');
/** From the first sign of life of the last child to its end. */
let lastWorkMs = 0;
const limit = { timeout: 120_000 + killCount * 30_000 };

beforeAll(async () => {
  process.env.LLARA_MODEL = path('tiny.gguf');
  await makeTinyLlama(await NativeRuntime.create(), path('tiny.gguf'));
  writeTextFolder(path('papers'), 40);
  cpSync(path('papers'), path('moved'), { recursive: true, preserveTimestamps: true });
  await within(path('source'), async (engine) => {
    engine.libraries.get('default').folders.add(path('papers'), []);
    await engine.jobs.wait(engine.jobs.submit(indexRequest('default')).id);
    const client = createRouterClient(createRouter(engine));
    const { jobId } = await client.libraries.export({ path: archive, withIndex: true });
    expect(await engine.jobs.wait(jobId)).toMatchObject({ state: 'completed' });
  });
});
afterAll(() => {
  delete process.env.LLARA_MODEL;
  rmSync(scratch, { recursive: true, force: true });
});

async function within<Result>(home: string, work: (engine: Engine) => Promise<Result>): Promise<Result> {
  const engine = await Engine.open({ home });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

const answers = async (home: string) =>
  await within(home, async (engine) => {
    const found = [];
    for (const query of questions) {
      const { mode, groups } = await engine.libraries
        .get('default')
        .search(searchRequestSchema.parse({ query }));
      found.push([mode, groups.map(({ document, hits }) => [document.path, hits.map(({ text }) => text)])]);
    }
    const { findings } = await createRouterClient(createRouter(engine)).engine.examine({});
    return {
      found,
      findings,
      folders: engine.libraries
        .get('default')
        .folders.list()
        .map((folder) => folder.path),
    };
  });

/** Kills runs until there have been enough kills; a run that ends by itself is followed by one from the start. */
async function killRepeatedly(home: string, begin: () => void, argumentList: string[]): Promise<number> {
  begin();
  expect(await runChild(path('timed'), argumentList, null)).toBe('completed');
  const wholeMs = lastWorkMs;
  let killed = 0;
  for (let round = 0; killed < killCount && round < killCount * 8; round += 1) {
    const outcome = await runChild(home, argumentList, random.next() * wholeMs);
    if (outcome === 'killed') killed += 1;
    else {
      expect(outcome).toBe('completed');
      rmSync(home, { recursive: true, force: true });
      begin();
    }
  }
  expect(await runChild(home, argumentList, null)).toBe('completed');
  return killed;
}

it(`of importing, ${killCount} times`, limit, async () => {
  const argumentList = [archive, path('papers'), path('moved')];
  expect(await runChild(path('calm'), argumentList, null)).toBe('completed');
  const killed = await killRepeatedly(path('disturbed'), () => {}, argumentList);
  console.info(`import: ${killed} killed at work`);
  expect(killed).toBe(killCount);
  const expected = await answers(path('calm'));
  expect(expected.folders).toEqual([path('moved')]);
  expect(expected.findings).toEqual([]);
  expect(await answers(path('disturbed'))).toEqual(expected);
  expect(existsSync(path('disturbed', 'importing', 'default'))).toBe(false);
});

it(`of migrating, ${killCount} times`, limit, async () => {
  const fixture = join(import.meta.dirname, '../../fixtures/library-of-version-one/home');
  const begin = (home: string) => {
    mkdirSync(home, { recursive: true });
    cpSync(fixture, home, { recursive: true });
  };
  rmSync(path('timed'), { recursive: true, force: true });
  begin(path('timed'));
  const killed = await killRepeatedly(path('old'), () => begin(path('old')), []);
  console.info(`migration: ${killed} killed at work`);
  expect(killed).toBe(killCount);
  const expected = await answers(path('timed'));
  expect(expected.found.flat(3).length).toBeGreaterThan(questions.length);
  expect(await answers(path('old'))).toEqual(expected);
  expect(existsSync(path('old', 'libraries', 'default', 'vectors'))).toBe(false);
});

/** Its last line, or `killed`. `killAfterMs` counts from its first sign of life. */
function runChild(home: string, argumentList: string[], killAfterMs: number | null): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'job-until-killed.ts'), ...argumentList],
      {
        env: { ...process.env, LLARA_HOME: home },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let output = '';
    let startedAtMs = 0;
    child.stdout.on('data', (data: Buffer) => {
      if (output === '') startedAtMs = performance.now();
      if (output === '' && killAfterMs !== null) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      output += data.toString();
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      lastWorkMs = performance.now() - startedAtMs;
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve(output.trim().split('\n').at(-1)!);
      else reject(new Error(`The process ended with code ${code} and signal ${signal}: ${output}`));
    });
  });
}
