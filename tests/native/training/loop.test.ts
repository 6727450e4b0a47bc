/** The loop learns, resumes exactly where it stopped, and survives being killed. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import type { TrainingPoint } from '../../../src-main/contract/adaptation.ts';
import type { TrainingExample } from '../../../src-main/llara/training/data/training-example.ts';
import { defaultTrainingSettings } from '../../../src-main/llara/training/loop/training-settings.ts';
import { loadCheckpoint, saveCheckpoint } from '../../../src-main/llara/training/state/checkpoint.ts';
import { decodeFloats, readGolden } from './golden-model.ts';
import { toyExamples, toyRun } from './toy-run.ts';

let folder: string;
let reference: Awaited<ReturnType<typeof toyRun>>;
const points: TrainingPoint[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llara-training-'));
  reference = await toyRun({
    checkpointPath: join(folder, 'reference'),
    onPoint: (point) => points.push(point),
  });
});

describe('training', () => {
  it('lowers every loss that it is asked to lower', async () => {
    const long = [] as TrainingPoint[];
    await toyRun({
      checkpointPath: join(folder, 'long'),
      totalSteps: 40,
      onPoint: (point) => long.push(point),
    });
    const mean = (part: TrainingPoint[], name: string) =>
      part.reduce((sum, point) => sum + (point.losses[name] ?? Number.NaN), 0) / part.length;
    for (const name of ['contrastive', 'ebae', 'ebar']) {
      expect(mean(long.slice(-8), name), name).toBeLessThan(0.97 * mean(long.slice(0, 8), name));
    }
  });

  it('leads queries to their passages in a bank whose vectors stay', async () => {
    const random = seededRandom('toy bank');
    const examples = toyExamples(24).map((example, passage) => ({ ...example, passage }));
    const vectors = examples.map(() => {
      const vector = Float32Array.from({ length: readGolden().config.width }, () => random.next() - 0.5);
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    });
    const bank = {
      vectors,
      groups: examples.map(({ group }) => group),
      softTargetsOf: ({ group, passage }: TrainingExample) => ({
        group,
        passages: Int32Array.of(passage as number),
        probabilities: Float32Array.of(1),
      }),
    };
    const long = [] as TrainingPoint[];
    const { outcome } = await toyRun({
      checkpointPath: join(folder, 'bank'),
      totalSteps: 60,
      examples,
      validation: [],
      banks: { training: bank, validation: bank },
      settings: {
        ...defaultTrainingSettings,
        learningRate: 1e-2,
        batchSize: 12,
        objective: { contrastive: 1, temperature: 0.1, ebae: 0, ebar: 0, anchor: 0 },
      },
      onPoint: (point) => long.push(point),
    });
    const lossOf = (part: TrainingPoint[]) => part.reduce((sum, { loss }) => sum + loss, 0) / part.length;
    expect(lossOf(long.slice(-6))).toBeLessThan(0.8 * lossOf(long.slice(0, 6)));
    // Prompt, three words and eight pooled tokens a query; passages cost nothing.
    expect(outcome.trainedTokens).toBeLessThan(60 * 12 * 20);
  });

  it('reports warm-up, cosine and validation', () => {
    expect(points.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(points[0]?.learningRate).toBeCloseTo(3e-3, 9);
    expect(points[9]?.learningRate).toBeLessThan(1e-3);
    expect(points.filter(({ validation }) => validation !== null).length).toBeGreaterThan(5);
    expect(reference.outcome.validationAfter).toBeLessThanOrEqual(
      reference.outcome.validationBefore as number,
    );
  });

  it('gives the same numbers again for the same seed', async () => {
    const again = await toyRun({ checkpointPath: join(folder, 'again') });
    expect(again.values).toEqual(reference.values);
    const other = await toyRun({ checkpointPath: join(folder, 'other'), seed: 6 });
    expect(other.values).not.toEqual(reference.values);
  });
});

describe('resuming', () => {
  it('after an abort in the middle of a step ends as if there had been none', async () => {
    const checkpointPath = join(folder, 'aborted');
    const abort = new AbortController();
    let slices = 0;
    const beforeSlice = async () => {
      if (++slices === 150) abort.abort(new Error('paused'));
    };
    await expect(toyRun({ checkpointPath, beforeSlice, signal: abort.signal })).rejects.toThrow('paused');
    const saved = await loadCheckpoint(checkpointPath, 'toy');
    expect(saved?.step).toBeGreaterThan(0);
    expect(saved?.step).toBeLessThan(10);
    const resumed = await toyRun({ checkpointPath });
    expect(resumed.values).toEqual(reference.values);
  });

  it('after SIGKILL at several moments ends as if there had been none', async () => {
    const checkpointPath = join(folder, 'killed');
    const resultPath = join(folder, 'killed-result.json');
    // On a busy machine checkpoints are seldom written, as they may take only a small part of the time: go on until one holds a step.
    const savedSteps = async () => (await loadCheckpoint(checkpointPath, 'toy'))?.step ?? 0;
    for (let attempt = 0; attempt < 3 || (await savedSteps()) === 0; attempt++) {
      const { code, steps } = await runProcess(checkpointPath, resultPath, attempt + 1, 40 * attempt);
      expect(code).toBe('SIGKILL');
      expect(steps).toBeGreaterThan(0);
    }
    const { code, first } = await runProcess(checkpointPath, resultPath, Number.POSITIVE_INFINITY, 0);
    expect(code).toBe(0);
    expect(first).toBeGreaterThan(1);
    const values: string[] = JSON.parse(readFileSync(resultPath, 'utf8'));
    expect(values.map(decodeFloats)).toEqual(reference.values);
  });

  it('starts anew from a checkpoint of another run, and from a damaged one', async () => {
    const path = join(folder, 'reference');
    expect(await loadCheckpoint(path, 'toy')).not.toBeNull();
    expect(await loadCheckpoint(path, 'another')).toBeNull();
    const damaged = join(folder, 'damaged');
    await writeFile(damaged, readFileSync(path).subarray(0, 5000));
    expect(await loadCheckpoint(damaged, 'toy')).toBeNull();
    expect(await loadCheckpoint(join(folder, 'absent'), 'toy')).toBeNull();
  });

  it('reads back what it wrote', async () => {
    const checkpoint = await loadCheckpoint(join(folder, 'reference'), 'toy');
    if (!checkpoint) throw new Error('no checkpoint');
    const copy = join(folder, 'deeper', 'copy');
    await saveCheckpoint(copy, checkpoint);
    expect(await loadCheckpoint(copy, 'toy')).toEqual(checkpoint);
  });
});

/** Kills the process `delayMs` after it reported `killAfter` steps. */
function runProcess(checkpoint: string, result: string, killAfter: number, delayMs: number) {
  const script = fileURLToPath(new URL('./toy-run-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script, checkpoint, result], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let steps = 0;
  let first = 0;
  child.stdout.on('data', (data: Buffer) => {
    for (const match of String(data).matchAll(/step (\d+)/g)) {
      first ||= Number(match[1]);
      if (++steps === killAfter) setTimeout(() => child.kill('SIGKILL'), delayMs);
    }
  });
  return new Promise<{ code: number | string; steps: number; first: number }>((resolve) => {
    child.on('exit', (code, signal) => resolve({ code: code ?? signal ?? 'unknown', steps, first }));
  });
}
