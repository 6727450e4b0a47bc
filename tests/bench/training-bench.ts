/**
 * Training beside its own forward pass, and beside PyTorch with PEFT on a model of the same shape, the same batch, this machine.
 *
 *   node tests/bench/training-bench.ts [model.gguf] [--threads 2] [--steps 6] [--layers 8] [--type q8_0|f32] [--precision half|stored] [--batch pairs|queries] [--python /path/to/python]
 *
 * Without a file it writes a random model: width 384, 6 heads, FFN 1024, 32 000 pieces. `tokensPerCpuSecond` hardly depends on
 * what else the machine does. `--batch pairs` (16 pairs of 40 and 137 tokens) trains both sides; `queries` is what the product trains by
 * default: 64 queries of unequal length against a bank of vectors. Memory is the process's peak less
 * what it held before the model was opened.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { TokenisedExample } from '../../src-main/llara/training/data/example-tokeniser.ts';
import { buildBranchSequence } from '../../src-main/llara/training/graph/branches.ts';
import { TrainingSession } from '../../src-main/llara/training/loop/training-session.ts';
import { defaultTrainingSettings } from '../../src-main/llara/training/loop/training-settings.ts';
import { TrainingStep } from '../../src-main/llara/training/loop/training-step.ts';
import { BankLoss } from '../../src-main/llara/training/losses/bank-loss.ts';
import type { WeightPrecision } from '../../src-main/llara/training/state/training-model.ts';
import { GraphExecutor } from '../../src-main/native/ggml/graph-executor.ts';
import { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../native/models/make-tiny-llama.ts';
import { bankSize, benchTokens, makeBank, makeQueries } from './training-examples.ts';

export type TrainingBenchOptions = {
  modelPath?: string;
  threads: number;
  steps: number;
  layers: number;
  type: 'q8_0' | 'f32';
  precision: WeightPrecision;
  batch: 'pairs' | 'queries';
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
    const { model } = session;
    const withBank = options.batch === 'queries';
    const bankLoss = withBank ? new BankLoss(model.lanes, makeBank(model.network.shape.width)) : undefined;
    // The product's own upper bound where the batch is the product's.
    const step = new TrainingStep(model, {
      prompt: session.text.prompt,
      objective,
      microBatchTokens: withBank ? 2048 : microBatchTokens,
      bankLoss,
    });
    const examples = withBank ? makeQueries() : makePairs();
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
      shape: { ...shapeOf(session), ...lengthsOf(session, examples, withBank) },
    };
    step.dispose();
    bankLoss?.dispose();
    await session.dispose();
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the model for PEFT is made from. */
function shapeOf({ model }: TrainingSession) {
  const { vocabularySize, width, feedForward, layerCount, headCount, kvHeadCount } = model.network.shape;
  const hasBiases = model.network.linears.some(({ bias }) => bias !== null);
  const { rank } = model.parameters.shape;
  return { vocabularySize, width, feedForward, layerCount, headCount, kvHeadCount, hasBiases, rank };
}

/** Tokens of every text with its prompt. */
function lengthsOf({ text }: TrainingSession, examples: readonly TokenisedExample[], withBank: boolean) {
  const length = (tokens: Int32Array, kind: 'self' | 'next') =>
    buildBranchSequence(tokens, text.prompt, kind).tokens.length;
  return {
    queries: examples.map(({ query }) => length(query, 'next')),
    passages: withBank ? [] : examples.map(({ positive }) => length(positive, 'self')),
    bankSize: withBank ? bankSize : 0,
  };
}

function makePairs(): TokenisedExample[] {
  return Array.from({ length: pairs }, (_, index) => ({
    group: `${index}`,
    query: benchTokens(queryTokens, index),
    positive: benchTokens(passageTokens, 100 + index),
    negative: null,
    selfTargets: new Int32Array(0),
    nextTargets: new Int32Array(0),
  }));
}

/** The encoder's own pass over the same texts with the adapter, in batches of the same size. */
async function forwardOnly(session: TrainingSession, examples: readonly TokenisedExample[]): Promise<number> {
  const { model, text } = session;
  const sequences = (kind: 'self' | 'next') =>
    examples
      .map(({ query, positive }) => (kind === 'next' ? query : positive))
      .filter(({ length }) => length > 0)
      .map((of) => buildBranchSequence(of, text.prompt, kind))
      .sort((x, y) => x.tokens.length - y.tokens.length);
  let tokenCount = 0;
  const work = [sequences('next'), sequences('self')].flatMap((all) => {
    const total = all.reduce((sum, sequence) => sum + sequence.tokens.length, 0);
    const batches = Math.max(model.lanes.length, Math.ceil(total / microBatchTokens));
    const perBatch = Math.max(1, Math.ceil(all.length / batches));
    tokenCount += total;
    return Array.from({ length: Math.ceil(all.length / perBatch) }, (_, at) =>
      all.slice(at * perBatch, (at + 1) * perBatch),
    );
  });
  const { lanes } = model;
  await Promise.all(
    lanes.map(async (backend, lane) => {
      const executor = GraphExecutor.create(backend);
      for (let at = lane; at < work.length; at += lanes.length) {
        await model.network.embed(executor, work[at] ?? [], model.parameters.lora);
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
      batch: { type: 'string', default: 'pairs' },
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
    batch: values.batch === 'queries' ? 'queries' : 'pairs',
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
