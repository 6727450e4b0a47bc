/**
 * Training beside its own forward pass, and beside PyTorch with PEFT on a model of the same shape, the same batch, this machine.
 *
 *   node tests/bench/training-bench.ts [model.gguf] [--threads 2] [--steps 6] [--layers 8] [--type q8_0|f32] [--precision half|stored] [--python /path/to/python]
 *
 * Without a file it writes a random model: width 384, 6 heads, FFN 1024, 32 000 pieces. `tokensPerCpuSecond` hardly depends on
 * what else the machine does; memory is the process's peak less what it held before the model was opened.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { packBatch } from '../../src-main/llara/batch-packing.ts';
import { computePooled } from '../../src-main/llara/llama-batch.ts';
import { buildBranchSequence } from '../../src-main/llara/training/branch-sequence.ts';
import type { WeightPrecision } from '../../src-main/llara/training/training-model.ts';
import { TrainingSession } from '../../src-main/llara/training/training-session.ts';
import { defaultTrainingSettings } from '../../src-main/llara/training/training-settings.ts';
import { type TokenisedExample, TrainingStep } from '../../src-main/llara/training/training-step.ts';
import { GraphExecutor } from '../../src-main/native/graph-executor.ts';
import { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../native/make-tiny-llama.ts';

export type TrainingBenchOptions = {
  modelPath?: string;
  threads: number;
  steps: number;
  layers: number;
  type: 'q8_0' | 'f32';
  precision: WeightPrecision;
};

export type Rate = { tokensPerSecond: number; tokensPerCpuSecond: number };

const pairs = 16;
const queryTokens = 32;
const passageTokens = 128;
const microBatchTokens = 1024;

export async function trainingBench(options: TrainingBenchOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'llara-training-bench-'));
  try {
    const runtime = await NativeRuntime.create();
    const modelPath = options.modelPath ?? join(folder, 'random.gguf');
    if (!options.modelPath) {
      await makeTinyLlama(runtime, modelPath, {
        layerCount: options.layers,
        width: 384,
        headCount: 6,
        kvHeadCount: 6,
        feedForward: 1024,
        vocabulary: 32_000,
        contextLength: 512,
        type: options.type,
      });
    }
    const before = peakBytes();
    const { rank, alpha, objective } = defaultTrainingSettings;
    const session = await TrainingSession.create({
      modelPath,
      rank,
      alpha,
      seed: 1,
      withHead: false,
      precision: options.precision,
      device: 'cpu',
      threads: options.threads,
    });
    const step = new TrainingStep(session.model, {
      prompt: session.text.prompt,
      objective,
      microBatchTokens,
    });
    const examples = makeExamples();
    const training = await measure(options.steps, async () => (await step.run(examples)).tokenCount);
    const forward = await measure(options.steps, () => forwardOnly(session, examples));
    const result = {
      model: options.modelPath ?? `${options.layers} layers, width 384, ${options.type}`,
      threads: options.threads,
      precision: options.precision,
      training,
      forward,
      stepCostInForwards: forward.tokensPerCpuSecond / training.tokensPerCpuSecond,
      peakMegabytes: (peakBytes() - before) / (1 << 20),
      activationMegabytes: step.peakActivationBytes / (1 << 20),
      shape: shapeOf(session),
    };
    step.dispose();
    await session.dispose();
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the model for PEFT is made from. */
function shapeOf({ model }: TrainingSession) {
  const { vocabularySize, width, feedForward, layerCount, headCount, kvHeadCount } = model.weights.config;
  const hasBiases = model.weights.layers.some(({ q }) => q.bias !== null);
  const { rank } = model.parameters.shape;
  return { vocabularySize, width, feedForward, layerCount, headCount, kvHeadCount, hasBiases, rank };
}

function makeExamples(): TokenisedExample[] {
  const tokens = (count: number, start: number) =>
    Int32Array.from({ length: count }, (_, index) => 300 + ((start * 131 + index * 17) % 6000));
  return Array.from({ length: pairs }, (_, index) => ({
    group: `${index}`,
    query: tokens(queryTokens, index),
    positive: tokens(passageTokens, 100 + index),
    negative: null,
    selfTargets: new Int32Array(0),
    nextTargets: new Int32Array(0),
  }));
}

/** The encoder's own pass over the same texts with the adapter, in batches of the same size. */
async function forwardOnly(session: TrainingSession, examples: readonly TokenisedExample[]): Promise<number> {
  const { model, text } = session;
  const sequences = (kind: 'self' | 'next') =>
    examples.map(({ query, positive }) =>
      buildBranchSequence(kind === 'next' ? query : positive, text.prompt, kind),
    );
  let tokenCount = 0;
  const work = [sequences('next'), sequences('self')].flatMap((all) => {
    const length = all[0]?.tokens.length ?? 1;
    const perBatch = Math.max(1, Math.floor(microBatchTokens / length));
    tokenCount += length * all.length;
    return Array.from({ length: Math.ceil(all.length / perBatch) }, (_, at) =>
      all.slice(at * perBatch, (at + 1) * perBatch),
    );
  });
  const { lanes } = model;
  await Promise.all(
    lanes.map(async (backend, lane) => {
      const executor = GraphExecutor.create(backend);
      for (let at = lane; at < work.length; at += lanes.length) {
        await computePooled(executor, model.weights, packBatch(work[at] ?? []), {
          lora: model.parameters.lora,
        });
      }
      executor.dispose();
    }),
  );
  return tokenCount;
}

async function measure(rounds: number, run: () => Promise<number>): Promise<Rate> {
  await run();
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  let tokens = 0;
  for (let round = 0; round < rounds; round++) tokens += await run();
  const { user, system } = process.cpuUsage(cpu);
  return {
    tokensPerSecond: (tokens * 1000) / (performance.now() - startedAt),
    tokensPerCpuSecond: (tokens * 1e6) / (user + system),
  };
}

/** Highest resident size of this process so far. */
function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      threads: { type: 'string', default: '2' },
      steps: { type: 'string', default: '6' },
      layers: { type: 'string', default: '8' },
      type: { type: 'string', default: 'q8_0' },
      precision: { type: 'string', default: 'half' },
      python: { type: 'string' },
    },
  });
  const threads = Number(values.threads);
  const steps = Number(values.steps);
  const own = await trainingBench({
    modelPath: positionals[0],
    threads,
    steps,
    layers: Number(values.layers),
    type: values.type === 'f32' ? 'f32' : 'q8_0',
    precision: values.precision === 'stored' ? 'stored' : 'half',
  });
  console.log(JSON.stringify(own, null, 2));
  if (values.python) {
    const script = fileURLToPath(new URL('./peft_bench.py', import.meta.url));
    const peft = execFileSync(values.python, [script, JSON.stringify(own.shape), `${threads}`, `${steps}`], {
      encoding: 'utf8',
    });
    console.log(JSON.stringify(JSON.parse(peft), null, 2));
  } else {
    console.warn('PyTorch with PEFT not measured: name a Python that has both with --python.');
  }
}
