/** The whole adaptation over a small random model: plan, refusals, run, abort and resume, figures and verdict. */
import { access, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdaptationDocument } from '../../../src-main/adaptation/adaptation-document.ts';
import type { AdaptationInput } from '../../../src-main/adaptation/adaptation-input.ts';
import { judgeFigures } from '../../../src-main/adaptation/evaluation/verdict.ts';
import type { Report } from '../../../src-main/adaptation/evaluation/with-encoder.ts';
import { planAdaptation } from '../../../src-main/adaptation/plan-adaptation.ts';
import {
  type AdaptationOutcome,
  type AdaptationRun,
  runAdaptation,
} from '../../../src-main/adaptation/run-adaptation.ts';
import { buildPassageBanks } from '../../../src-main/adaptation/training/build-passage-banks.ts';
import { learnLibrary } from '../../../src-main/adaptation/training/learn-library.ts';
import { prepareTraining } from '../../../src-main/adaptation/training/prepare-training.ts';
import { TimeBudget } from '../../../src-main/adaptation/training/time-budget.ts';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import { dot } from '../../../src-main/common/vectors/dot.ts';
import type { AdaptationMethod } from '../../../src-main/contract/adaptation.ts';
import { createTextEncoder } from '../../../src-main/llara/encode/create-text-encoder.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyBert } from '../models/make-tiny-bert.ts';
import { makeTinyGemma } from '../models/make-tiny-gemma.ts';
import { makeTinyLlama } from '../models/make-tiny-llama.ts';

let modelPath: string;
/** A language model that nobody has made an encoder of. */
let plainPath: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'llara-run-'));
  modelPath = join(folder, 'tiny.gguf');
  await makeTinyLlama(await NativeRuntime.create(), modelPath);
  plainPath = join(folder, 'plain.gguf');
  await makeTinyLlama(await NativeRuntime.create(), plainPath, { plain: true });
});

const words =
  'the of sea stone river light house north glass bread winter count signal paper iron old new road'.split(
    ' ',
  );

function makeDocuments(count: number): AdaptationDocument[] {
  return Array.from({ length: count }, (_, id) => {
    const random = seededRandom(`document ${id}`);
    const own = Array.from({ length: 6 }, () => `w${random.below(400)}`);
    const sentence = () =>
      `The ${Array.from({ length: 5 }, () => (random.next() < 0.5 ? own[random.below(6)] : words[random.below(words.length)])).join(' ')}.`;
    const chunk = () => ({
      headingPath: [`About ${own[0]} ${own[1]}`],
      text: Array.from({ length: 5 }, sentence).join(' '),
    });
    return { documentId: `d${id}`, title: `About ${own[0]} ${own[1]}`, chunks: [chunk()] };
  });
}

const input = (documents: AdaptationDocument[], budgetSeconds = 60): AdaptationInput => ({
  documents,
  modelPath,
  request: { budgetSeconds, device: 'cpu', threads: 1, seed: 1 },
});

/** With more time than a busy machine takes: how far a run comes must not depend on it. */
const run = (name: string, more: Partial<AdaptationRun> = {}): AdaptationRun => ({
  ...input(makeDocuments(48), 3600),
  workDirectory: join(folder, name),
  settings: {
    rank: 4,
    alpha: 8,
    batchSize: 8,
    epochs: 0.25,
    negatives: false,
    limits: { queryTokens: 16, passageTokens: 32 },
  },
  ...more,
});

describe('plan', () => {
  it('gives the numbers', async () => {
    const plan = await planAdaptation(input(makeDocuments(80)));
    expect(plan).toMatchObject({ documents: 80, heldOutDocuments: 12, passages: 80, refusal: null });
    expect(plan.pairs).toBeGreaterThan(100);
    expect(plan.steps).toBeGreaterThan(0);
    expect(plan.memoryBytes).toBeGreaterThan(1 << 20);
    expect(plan.memoryBytes).toBeLessThan(plan.availableMemoryBytes);
    expect(plan.estimatedSeconds).toBeLessThanOrEqual(60);
  });

  it('refuses too few documents with the numbers, and so does the run', async () => {
    const few = input(makeDocuments(8));
    expect((await planAdaptation(few)).refusal).toMatch(/Your 8 documents give \d+ training pairs/);
    await expect(runAdaptation({ ...few, workDirectory: join(folder, 'few') })).rejects.toMatchObject({
      code: 'bad-request',
    });
  });

  it('refuses an architecture that it cannot train, and says which it can', async () => {
    const otherPath = join(folder, 'other.gguf');
    await makeTinyBert(await NativeRuntime.create(), otherPath, { architecture: 'nomic-bert' });
    const other = { ...input(makeDocuments(80)), modelPath: otherPath };
    const { refusal } = await planAdaptation(other);
    expect(refusal).toMatch(/cannot be adapted: architecture nomic-bert\. Choose one .*Qwen3/);
    await expect(runAdaptation({ ...other, workDirectory: join(folder, 'other') })).rejects.toMatchObject({
      message: refusal,
    });
  });

  it.each(['llama', 'qwen2', 'qwen3', 'gemma-embedding'] as const)(
    'takes an encoder of %s architecture with prompts of words, by contrast alone',
    async (architecture) => {
      const wordsPath = join(folder, `${architecture}.gguf`);
      const runtime = await NativeRuntime.create();
      if (architecture === 'gemma-embedding') await makeTinyGemma(runtime, wordsPath);
      else {
        const extraNumbers = { [`${architecture}.pooling_type`]: 3 };
        await makeTinyLlama(runtime, wordsPath, { architecture, plain: true, extraNumbers });
      }
      const asked = { ...input(makeDocuments(80)), modelPath: wordsPath };
      expect(await planAdaptation(asked)).toMatchObject({ method: 'contrastive', refusal: null });
      const request = { ...asked.request, method: 'llara' } as const;
      expect((await planAdaptation({ ...asked, request })).refusal).toContain(
        'Choose the method contrastive',
      );
    },
  );

  it('chooses by the model: contrast for an encoder, LLaRA’s losses before it for a language model', async () => {
    const documents = makeDocuments(80);
    const planFor = async (path: string, method?: AdaptationMethod) => {
      const { request, ...asked } = input(documents);
      return await planAdaptation({ ...asked, modelPath: path, request: { ...request, method } });
    };
    expect(await planFor(modelPath)).toMatchObject({ method: 'contrastive', refusal: null });
    expect(await planFor(plainPath, 'auto')).toMatchObject({ method: 'llara+contrastive', refusal: null });
    const [alone, both] = [await planFor(plainPath, 'llara'), await planFor(plainPath)];
    expect(alone).toMatchObject({ method: 'llara', refusal: null });
    expect(alone.steps).toBeGreaterThan(0);
    expect(both.steps).toBeGreaterThan(alone.steps);
    expect(both.tokens).toBeGreaterThan(alone.tokens);
    // On a machine or with a model a thousand times as slow, the test alone would take all of it.
    const { request, ...asked } = input(documents, 0.06);
    const hurried = await planAdaptation({ ...asked, modelPath: plainPath, request });
    expect(hurried.refusal).toMatch(/^Testing .* Allow \d+ minutes or more\./);
  });
});

describe('what is learnt of the library', () => {
  const asked = async (name: string, budgetSeconds: number) => {
    const adaptation = run(name, { settings: undefined, ...input(makeDocuments(80), budgetSeconds) });
    await mkdir(adaptation.workDirectory, { recursive: true });
    const prepared = await prepareTraining(adaptation, { negatives: false });
    const told: [number, string][] = [];
    const logged: string[] = [];
    const report: Report = (_, done, total, unit) => {
      if (unit === 'queries' || unit === 'questions') told.push([done, `${unit} of ${total}`]);
    };
    const { training: bank } = await buildPassageBanks(adaptation, prepared, report);
    told.length = 0;
    const budget = new TimeBudget(budgetSeconds);
    const onLog = (line: string) => logged.push(line);
    const library = { ...adaptation, prepared, bank, fingerprint: 'one', budget, onLog };
    const learnt = await learnLibrary(library, report);
    return { learnt, prepared, told, logged, again: () => learnLibrary(library, report) };
  };

  it('is learnt from all questions where there is time, and read where it is known', async () => {
    const { learnt, prepared, told, logged, again } = await asked('library', 600);
    const [examples, questions] = [prepared.examples.length, prepared.neighbourQuestions.length];
    expect(examples).toBeGreaterThan(600);
    expect(questions).toBeGreaterThan(200);
    expect(told).toContainEqual([examples, `queries of ${examples}`]);
    expect(told.at(-1)).toEqual([Math.floor((questions - 1) / 100) * 100, `questions of ${questions}`]);
    expect(learnt.words.names.length).toBeGreaterThan(100);
    expect(learnt.neighbourWeight).toBeGreaterThanOrEqual(0);
    expect(logged).toEqual([expect.stringContaining(`${questions} questions to training documents`)]);
    told.length = 0;
    expect(await again()).toEqual(learnt);
    expect(told).toEqual([]);
  });

  it('is learnt from the first of them where there is not', async () => {
    const { learnt, prepared, told, logged } = await asked('library in a hurry', 0.001);
    const [embedded, ...questions] = told;
    expect(embedded).toEqual([512, `queries of ${prepared.examples.length}`]);
    const asking = prepared.neighbourQuestions.filter((index) => index < 512).length;
    expect(asking).toBeGreaterThan(100);
    expect(questions).toEqual([[0, `questions of ${asking}`]]);
    expect(logged).toEqual([expect.stringContaining('100 questions to training documents')]);
    expect(learnt.words.names.length).toBeGreaterThan(50);
  });
});

describe('run', () => {
  it('trains, evaluates, and writes an adapter that the encoder takes', async () => {
    const phases = new Set<string>();
    const losses: number[] = [];
    const outcome = await runAdaptation(
      run('whole', {
        onProgress: ({ phase }) => phases.add(phase),
        onPoint: ({ loss }) => losses.push(loss),
      }),
    );
    expect([...phases]).toEqual(['preparing', 'training', 'testing-before', 'testing-after']);
    expect(losses.length).toBeGreaterThan(3);
    expect(outcome.figures.questions).toBeGreaterThan(30);
    expect(outcome.figures.ndcg10Before).toBeGreaterThan(0);
    expect(outcome).toMatchObject({ rank: 4, ...judgeFigures(outcome.figures) });
    const encoder = await createTextEncoder({
      modelPath,
      adapterPath: outcome.adapterPath,
      device: 'cpu',
      threads: 1,
    });
    expect(encoder.info.adapterId).toMatch(/^[0-9a-f]{16}$/);
    await encoder.dispose();
  });

  it.each([
    ['bert', (runtime, path) => makeTinyBert(runtime, path, { layerCount: 2 })],
    [
      'qwen3',
      (runtime, path) =>
        makeTinyLlama(runtime, path, {
          architecture: 'qwen3',
          plain: true,
          addsEos: true,
          extraNumbers: { 'qwen3.pooling_type': 3 },
        }),
    ],
    ['gemma-embedding', (runtime, path) => makeTinyGemma(runtime, path, { denseWidth: 96 })],
  ] satisfies [string, (runtime: NativeRuntime, path: string) => Promise<void>][])(
    'adapts an encoder of %s architecture likewise',
    async (architecture, make) => {
      const otherPath = join(folder, `${architecture}-run.gguf`);
      await make(await NativeRuntime.create(), otherPath);
      const adaptation = run(architecture, { modelPath: otherPath });
      expect(await planAdaptation(adaptation)).toMatchObject({ method: 'contrastive', refusal: null });
      const reading = { ...adaptation, request: { ...adaptation.request, method: 'llara' as const } };
      expect((await planAdaptation(reading)).refusal).toContain('Choose the method contrastive');
      const losses: number[] = [];
      const outcome = await runAdaptation({ ...adaptation, onPoint: ({ loss }) => losses.push(loss) });
      expect(losses.length).toBeGreaterThan(3);
      expect(losses.every(Number.isFinite)).toBe(true);
      expect(outcome).toMatchObject({ rank: 4, ...judgeFigures(outcome.figures) });
      expect(outcome.figures.questions).toBeGreaterThan(30);
      const adapted = { modelPath: otherPath, adapterPath: outcome.adapterPath, device: 'cpu', threads: 1 };
      const encoder = await createTextEncoder(adapted);
      const stock = await createTextEncoder({ ...adapted, engine: 'decode' });
      expect(encoder.info.adaptsPassages).toBe(false);
      const asked = ['the old stone house', 'a river'];
      const [own, theirs] = [await encoder.encode(asked, 'query'), await stock.encode(asked, 'query')];
      own.forEach((vector, index) => {
        expect(dot(vector, theirs[index] as Float32Array)).toBeGreaterThan(0.9999);
      });
      await encoder.dispose();
      await stock.dispose();
    },
  );

  it('goes on after an abort and ends with the same figures', async () => {
    const uninterrupted = await runAdaptation(run('uninterrupted'));
    const abort = new AbortController();
    const onPoint = ({ step }: { step: number }) => {
      if (step === 3) abort.abort(new Error('paused'));
    };
    await expect(runAdaptation(run('paused', { onPoint, signal: abort.signal }))).rejects.toThrow('paused');
    await access(join(folder, 'paused', 'contrastive.checkpoint'));
    const steps: number[] = [];
    const resumed = await runAdaptation(run('paused', { onPoint: ({ step }) => steps.push(step) }));
    expect(steps[0]).toBe(4);
    expect(resumed.figures).toEqual(uninterrupted.figures);
  }, 300_000);
});

describe('a language model', () => {
  const taught = (name: string, method: AdaptationMethod, more: Partial<AdaptationRun> = {}) => {
    const asked = run(name, { modelPath: plainPath, ...more });
    const settings = { ...asked.settings, epochs: 0.05, validationPairs: 8 };
    return { ...asked, settings, request: { ...asked.request, method } };
  };

  it.each([
    ['auto', ['llara', 'contrastive']],
    ['llara', ['llara']],
    ['contrastive', ['contrastive']],
  ] as const)('learns by %s: %j, one adapter for queries and passages', async (method, stages) => {
    const losses = new Map<number, string[]>();
    const phases: string[] = [];
    const outcome = await runAdaptation(
      taught(`taught by ${method}`, method, {
        onPoint: (point) => losses.set(point.step, Object.keys(point.losses)),
        onProgress: ({ phase }) => phases.at(-1) === phase || phases.push(phase),
      }),
    );
    expect(outcome.stages.map(({ stage }) => stage)).toEqual(stages);
    const trained = phases.filter((phase) => phase === 'summarising' || phase === 'training');
    expect(trained).toEqual(stages.map((stage) => (stage === 'llara' ? 'summarising' : 'training')));
    const steps = outcome.stages.map((stage) => stage.steps);
    expect([...losses.keys()]).toEqual(
      Array.from({ length: steps.reduce((sum, count) => sum + count) }, (_, index) => index + 1),
    );
    const lossesOf = { llara: ['ebae', 'ebar'], contrastive: ['contrastive'] };
    expect(losses.get(1)).toEqual(lossesOf[stages[0]]);
    expect([...losses.values()].at(-1)).toEqual(lossesOf[stages.at(-1) as 'llara' | 'contrastive']);
    const last = outcome.stages.at(-1);
    expect(last?.ndcg10).toBe(outcome.figures.ndcg10After);
    expect(last?.mrr10).toBe(outcome.figures.mrr10After);
    // By llama.cpp itself, too.
    const { adapterPath } = outcome;
    const options = { modelPath: plainPath, adapterPath, device: 'cpu', threads: 1 };
    const encoder = await createTextEncoder(options);
    const reference = await createTextEncoder({ ...options, engine: 'decode' });
    expect(encoder.info.adaptsPassages).toBe(true);
    const [own] = await encoder.encode(['the stone house'], 'passage');
    const [stock] = await reference.encode(['the stone house'], 'passage');
    expect(dot(own as Float32Array, stock as Float32Array)).toBeGreaterThan(0.999);
    await encoder.dispose();
    await reference.dispose();
  });

  it('is not needed for LLaRA’s losses: an encoder may learn by them, too, and keeps half', async () => {
    const asked = taught('an encoder by both', 'llara+contrastive', { modelPath });
    const { adapterPath, stages, rank } = await runAdaptation(asked);
    expect(stages.map(({ stage }) => stage)).toEqual(['llara', 'contrastive']);
    const gguf = await GgufFile.create(await NativeRuntime.create(), adapterPath);
    expect(gguf.number('adapter.lora.alpha')).toBe(0.5 * (asked.settings.alpha as number));
    expect(gguf.has('llara.adapter.branch')).toBe(false);
    expect(rank).toBe(asked.settings.rank);
    gguf.dispose();
  });

  it('goes on in the stage that it was stopped in, and ends with the same figures', async () => {
    const uninterrupted = await runAdaptation(taught('both stages', 'auto'));
    const [first] = uninterrupted.stages;
    const abort = new AbortController();
    const onPoint = ({ step }: { step: number }) => {
      if (step === first!.steps + 2) abort.abort(new Error('paused'));
    };
    const paused = (more: Partial<AdaptationRun>) => taught('both stages, paused', 'auto', more);
    await expect(runAdaptation(paused({ onPoint, signal: abort.signal }))).rejects.toThrow('paused');
    const steps: number[] = [];
    const resumed = await runAdaptation(paused({ onPoint: ({ step }) => steps.push(step) }));
    expect(steps[0]).toBe(first!.steps + 3);
    const measured = ({ figures, stages }: AdaptationOutcome) => ({
      figures,
      stages: stages.map(({ ndcg10, steps: count }) => ({ ndcg10, count })),
    });
    expect(measured(resumed)).toEqual(measured(uninterrupted));
  }, 300_000);
});
