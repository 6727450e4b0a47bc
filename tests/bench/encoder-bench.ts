/**
 * Tokens per second of one model file on several paths, interleaved round by round so that whatever else the machine does hits
 * all of them alike: our graph, `llama_decode` in embedding mode (many sequences per call), node-llama-cpp's embedding API.
 *
 *   node tests/bench/encoder-bench.ts [model.gguf…] [--shape NAME] [--threads 2] [--tokens 64] [--rounds 5] [--seconds 1.5] [--engines] [--json]
 *
 * Without a file it writes one of random weights in Q8_0: in llara-mini's shape (8 layers, width 384, FFN 1024, 32 000 pieces), or in that of
 * another encoder of encoder-shapes.ts; `--shape all` takes one after the other. `--engines` measures our graph and llama_decode alone.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { getLlama, LlamaLogLevel, type Token } from 'node-llama-cpp';
import type { TokenSequence } from '../../src-main/llara/encode/batches/batch-packing.ts';
import { createTextEncoder } from '../../src-main/llara/encode/create-text-encoder.ts';
import { createDecodeEngine } from '../../src-main/llara/encode/decode-engine.ts';
import { createGraphEngine } from '../../src-main/llara/encode/graph-engine.ts';
import { layerBytes } from '../../src-main/llara/encode/lane-plan.ts';
import type { TextEncoder } from '../../src-main/llara/encode/text-encoder.ts';
import type { EngineLane, VectorEngine } from '../../src-main/llara/encode/vector-engine.ts';
import { type Pooling, selectedPositions } from '../../src-main/llara/prompt/pooling.ts';
import { readPromptProfile } from '../../src-main/llara/prompt/prompt-profile.ts';
import { GgufFile } from '../../src-main/native/gguf/gguf-file.ts';
import { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import { type EncoderShape, encoderShapes, writeEncoderShape } from './encoder-shapes.ts';

export type EncoderBenchOptions = {
  modelPath?: string;
  /** Of the random model that is written where no path is given. */
  shape?: EncoderShape;
  threads: number;
  tokensPerText: number;
  rounds: number;
  secondsPerRound: number;
  /** Our graph and llama_decode alone, without node-llama-cpp and without questions. */
  enginesOnly?: boolean;
};

export type EncoderBenchResult = {
  model: string;
  threads: number;
  tokensPerText: number;
  rounds: number;
  loadAverage: number;
  /** Median tokens per second by path. */
  tokensPerSecond: Partial<Record<PathName, number>>;
  /**
   * Median tokens per second of processor time. With one thread it hardly depends on what else runs; with more it counts the
   * time that threads spin while they wait for each other.
   */
  tokensPerCpuSecond: Partial<Record<PathName, number>>;
  /** The better way to run our graph against the best of the three to run llama_decode; as the product runs it against node-llama-cpp. */
  ratioToDecode: number;
  ratioToNodeLlamaCpp: number | null;
  /** The former by processor time. */
  cpuRatioToDecode: number;
  /**
   * A short query through the whole encoder, alone and while it embeds passages in the background, and alone through llama_decode, whose
   * questions alternate with the first ones.
   */
  queryMs: { idle: Percentiles; idleByDecode: Percentiles; whileIndexing: Percentiles } | null;
};

type Percentiles = { p50: number; p95: number };

type PathName =
  | 'graph'
  | 'graph, a lane per thread'
  | 'decode, one context'
  | 'decode, a context per thread'
  | 'decode, a context per thread, small batches'
  | 'node-llama-cpp';

type Paths = Partial<Record<PathName, Path>>;

/** Embeds some texts and returns how many. */
type Path = { run: () => Promise<number>; dispose: () => Promise<void> };

export async function encoderBench(options: EncoderBenchOptions): Promise<EncoderBenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'llara-bench-'));
  try {
    const runtime = await NativeRuntime.create();
    const modelPath =
      options.modelPath ?? (await writeEncoderShape(runtime, options.shape ?? 'llara-mini', folder));
    const paths = await openPaths(runtime, modelPath, options);
    const { wall, cpu } = await measure(paths, options);
    for (const path of Object.values(paths)) await path.dispose();
    const queryMs = options.enginesOnly ? null : await measureQueries(runtime, modelPath, options.threads);
    const ratio = (figures: Partial<Record<PathName, number>>) => {
      const decode = pathNames(figures).filter((name) => name.startsWith('decode'));
      const graph = pathNames(figures).filter((name) => name.startsWith('graph'));
      const best = (names: PathName[]) => Math.max(...names.map((name) => figures[name]!));
      return best(graph) / best(decode);
    };
    const node = wall['node-llama-cpp'];
    return {
      model: basename(modelPath),
      threads: options.threads,
      tokensPerText: options.tokensPerText,
      rounds: options.rounds,
      loadAverage: loadavg()[0]!,
      tokensPerSecond: wall,
      tokensPerCpuSecond: cpu,
      ratioToDecode: ratio(wall),
      ratioToNodeLlamaCpp: node ? wall.graph! / node : null,
      cpuRatioToDecode: ratio(cpu),
      queryMs,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Layers of that size take seconds for more tokens than a product's columns need. */
const largeBytes = 64 << 20;

async function openPaths(
  runtime: NativeRuntime,
  modelPath: string,
  { threads, tokensPerText, enginesOnly }: EncoderBenchOptions,
): Promise<Paths> {
  const device = runtime.findDevice('cpu')!;
  const gguf = await GgufFile.create(runtime, modelPath);
  const profile = readPromptProfile(gguf);
  // Where every token of a batch attends to every other behind a mask, llama_decode's time grows with the batch.
  const isLarge = layerBytes(gguf.tensors()) > largeBytes;
  const manyTexts = Math.ceil(
    (isLarge ? 256 : profile.pooling.kind === 'last' ? 4096 : 1024) / tokensPerText,
  );
  const decodeOptions = {
    runtime,
    device,
    threads,
    modelPath,
    profile,
    contextLength: Math.min(64, manyTexts) * tokensPerText,
  };
  const oneLane = { lanes: [threads], interactive: null };
  const lanePlan = { lanes: Array.from({ length: threads }, () => 1), interactive: null };
  const graph = await createGraphEngine({ runtime, device, threads, gguf });
  const graphLanes = await createGraphEngine({ runtime, device, threads, gguf, lanePlan });
  const shared = await createDecodeEngine({ ...decodeOptions, lanePlan: oneLane });
  const split = await createDecodeEngine({ ...decodeOptions, lanePlan });
  const texts = sequences(64, tokensPerText, graph.vocabularySize, profile.pooling);
  gguf.dispose();
  // What stays in the processor's cache, and keeps attention short where llama.cpp masks the other texts of a batch.
  const fewTexts = Math.max(1, Math.round(256 / tokensPerText));
  const small = await createDecodeEngine({
    ...decodeOptions,
    lanePlan,
    contextLength: fewTexts * tokensPerText,
  });
  const ours = {
    graph: enginePath(graph, texts, fewTexts),
    'graph, a lane per thread': enginePath(graphLanes, texts, fewTexts),
    'decode, one context': enginePath(shared, texts, Math.min(64, manyTexts)),
    'decode, a context per thread': enginePath(split, texts, Math.min(32, manyTexts)),
    'decode, a context per thread, small batches': enginePath(small, texts, Math.ceil(fewTexts / 2)),
  };
  if (enginesOnly) return ours;
  return { ...ours, 'node-llama-cpp': await nodeLlamaCppPath(modelPath, threads, texts) };
}

/** All lanes work at once, each on batches of `batchSize` texts. */
function enginePath(engine: VectorEngine, texts: readonly TokenSequence[], batchSize: number): Path {
  const work = async (lane: EngineLane) => (await lane.embed(texts.slice(0, batchSize))).length;
  return {
    run: async () => {
      const counts = await Promise.all(engine.lanes.map(work));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    dispose: engine.dispose,
  };
}

async function nodeLlamaCppPath(
  modelPath: string,
  threads: number,
  texts: readonly TokenSequence[],
): Promise<Path> {
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.disabled });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createEmbeddingContext({ threads });
  let next = 0;
  return {
    run: async () => {
      const { tokens } = texts[next++ % texts.length]!;
      await context.getEmbeddingFor(Array.from(tokens) as Token[]);
      return 1;
    },
    dispose: async () => {
      await context.dispose();
      await model.dispose();
    },
  };
}

async function measure(
  paths: Paths,
  { rounds, secondsPerRound, tokensPerText }: EncoderBenchOptions,
): Promise<Record<'wall' | 'cpu', Partial<Record<PathName, number>>>> {
  const names = pathNames(paths);
  const samples = names.map(() => ({ wall: [] as number[], cpu: [] as number[] }));
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, name] of names.entries()) {
      const start = performance.now();
      const startCpu = process.cpuUsage();
      let count = 0;
      while (performance.now() - start < secondsPerRound * 1000) count += await paths[name]!.run();
      const wallSeconds = (performance.now() - start) / 1000;
      const { user, system } = process.cpuUsage(startCpu);
      // The first round warms caches and allocators.
      if (round < 0) continue;
      samples[index]!.wall.push((count * tokensPerText) / wallSeconds);
      samples[index]!.cpu.push((count * tokensPerText * 1e6) / (user + system));
    }
  }
  const medians = (kind: 'wall' | 'cpu') =>
    Object.fromEntries(
      names.map((name, index) => [name, Math.round(median(samples[index]![kind]))]),
    ) as Partial<Record<PathName, number>>;
  return { wall: medians('wall'), cpu: medians('cpu') };
}

async function measureQueries(
  runtime: NativeRuntime,
  modelPath: string,
  threads: number,
): Promise<NonNullable<EncoderBenchResult['queryMs']>> {
  const options = { modelPath, threads, device: 'cpu', runtime };
  const encoder = await createTextEncoder(options);
  const reference = await createTextEncoder({ ...options, engine: 'decode' });
  /** Each encoder in turn, so that whatever else the machine does hits all of them alike. */
  const ask = async (encoders: TextEncoder[], count: number): Promise<Percentiles[]> => {
    const times = encoders.map((): number[] => []);
    for (let index = 0; index < count; index += 1) {
      for (const [at, asked] of encoders.entries()) {
        const start = performance.now();
        await asked.encode([`when does the lease of flat ${index} end`], 'query', {
          priority: 'interactive',
        });
        times[at]!.push(performance.now() - start);
        await setTimeout(37);
      }
    }
    return times.map((values) => {
      values.sort((a, b) => a - b);
      const at = (share: number) => Number(values[Math.floor(share * (count - 1))]!.toFixed(1));
      return { p50: at(0.5), p95: at(0.95) };
    });
  };
  await ask([encoder, reference], 5);
  const [idle, idleByDecode] = (await ask([encoder, reference], 40)) as [Percentiles, Percentiles];
  await reference.dispose();
  const controller = new AbortController();
  const passages = Array.from({ length: 50_000 }, (_, index) => `passage ${index} on leases `.repeat(12));
  const background = encoder
    .encode(passages, 'passage', { signal: controller.signal })
    .catch(() => undefined);
  await setTimeout(1000);
  const [whileIndexing] = (await ask([encoder], 40)) as [Percentiles];
  controller.abort();
  await background;
  await encoder.dispose();
  return { idle, idleByDecode, whileIndexing };
}

function sequences(count: number, length: number, vocabulary: number, pooling: Pooling): TokenSequence[] {
  return Array.from({ length: count }, (_, row) => ({
    tokens: Int32Array.from({ length }, (_, at) => 300 + ((row * 7919 + at * 104_729) % (vocabulary - 400))),
    selected: selectedPositions(length, pooling),
  }));
}

const pathNames = (by: Partial<Record<PathName, unknown>>) => Object.keys(by) as PathName[];

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function print(result: EncoderBenchResult): void {
  console.log(`${result.model}, ${result.threads} threads, texts of ${result.tokensPerText} tokens`);
  const rows = pathNames(result.tokensPerSecond).map((path) => ({
    path,
    'tokens/s': result.tokensPerSecond[path],
    'tokens/CPU s': result.tokensPerCpuSecond[path],
  }));
  console.table(rows);
  console.log(
    `graph / llama_decode ${result.ratioToDecode.toFixed(2)}, by processor time ${result.cpuRatioToDecode.toFixed(2)}`,
  );
  if (result.ratioToNodeLlamaCpp !== null)
    console.log(`graph / node-llama-cpp ${result.ratioToNodeLlamaCpp.toFixed(2)}`);
  if (result.queryMs === null) return;
  const { idle, idleByDecode, whileIndexing } = result.queryMs;
  console.log(
    `query ${idle.p50} ms (p95 ${idle.p95}), by llama_decode ${idleByDecode.p50} ms (p95 ${idleByDecode.p95}), while indexing ${whileIndexing.p50} ms (p95 ${whileIndexing.p95})`,
  );
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      threads: { type: 'string', default: '2' },
      tokens: { type: 'string', default: '64' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '1.5' },
      shape: { type: 'string' },
      engines: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const wanted = values.shape ?? (positionals.length === 0 ? 'llara-mini' : null);
  const shapes = wanted === 'all' ? encoderShapes : encoderShapes.filter((name) => name === wanted);
  const models = [...positionals.map((modelPath) => ({ modelPath })), ...shapes.map((shape) => ({ shape }))];
  for (const model of models) {
    const result = await encoderBench({
      ...model,
      threads: Number(values.threads),
      tokensPerText: Number(values.tokens),
      rounds: Number(values.rounds),
      secondsPerRound: Number(values.seconds),
      enginesOnly: values.engines,
    });
    if (values.json) console.log(JSON.stringify(result));
    else print(result);
  }
  process.exit(0);
}
