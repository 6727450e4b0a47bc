/** SIGKILL at random moments of indexing loses nothing: the library then answers as if nothing had happened. KILLS sets how many. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import { searchRequestSchema } from '../../../src-main/contract/search.ts';
import { Engine } from '../../../src-main/engine/engine.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

const killCount = Number(process.env.KILLS ?? 12);
const questions = [
  'who repaired the roof',
  'apples in the valley',
  '"old boat"',
  'contract at the station',
  'painted letters -roof',
];

let scratch: string;
let documents: string;
let model: string;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'llara-kill-'));
  documents = join(scratch, 'documents');
  model = join(scratch, 'models', 'tiny.gguf');
  writeTextFolder(documents, 60);
  mkdirSync(join(scratch, 'models'));
  await makeTinyLlama(await NativeRuntime.create(), model);
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it(`gives the same results after ${killCount} kills as an undisturbed run`, {
  timeout: 300_000 + killCount * 15_000,
}, async () => {
  const undisturbed = join(scratch, 'undisturbed');
  expect(await runIndex(undisturbed, null)).toBe('completed');
  const expected = await answers(undisturbed);
  expect(expected.flat().length).toBeGreaterThan(questions.length * 3);

  const random = seededRandom('kills');
  const disturbed = join(scratch, 'disturbed');
  let killed = 0;
  let latestMs = 900;
  for (let round = 0; killed < killCount && round < 6 * killCount; round += 1) {
    if ((await runIndex(disturbed, 5 + random.next() * latestMs)) === 'killed') killed += 1;
    // It was done by then: this machine is quicker.
    else latestMs *= 0.7;
  }
  expect(killed).toBe(killCount);
  expect(await runIndex(disturbed, null)).toBe('completed');
  expect(await answers(disturbed)).toEqual(expected);
});

/** Starts the child; once it indexes, waits `killAfterMs` and kills it, unless that is null. */
function runIndex(home: string, killAfterMs: number | null): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'index-until-killed.ts'), documents], {
      env: { ...process.env, LLARA_HOME: home, LLARA_MODEL: model },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    let isKilled = false;
    child.stdout.on('data', (data: Buffer) => {
      const isStart = !output.includes('indexing') && data.toString().includes('indexing');
      output += data.toString();
      if (!isStart || killAfterMs === null) return;
      setTimeout(() => {
        isKilled = child.kill('SIGKILL');
      }, killAfterMs);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (isKilled && signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve(output.trim().split('\n').at(-1)!.trim());
      else reject(new Error(`The indexing process ended with code ${code} and signal ${signal}: ${output}`));
    });
  });
}

async function answers(home: string): Promise<unknown[][]> {
  process.env.LLARA_MODEL = model;
  const engine = await Engine.open({ home });
  try {
    const results: unknown[][] = [];
    for (const query of questions) {
      const { mode, groups } = await engine.libraries
        .get('default')
        .search(searchRequestSchema.parse({ query, mode: 'hybrid', limit: 10 }));
      expect(mode).toBe('hybrid');
      results.push(
        groups.flatMap((group) =>
          group.hits.map((hit) => [group.document.path, hit.range, hit.score.fused.toFixed(6)]),
        ),
      );
    }
    return results;
  } finally {
    delete process.env.LLARA_MODEL;
    await engine.close();
  }
}
