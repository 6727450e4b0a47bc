/**
 * Tokens per second of one model file on several paths, interleaved round by round so that whatever else the machine does hits
 * all of them alike: our graph, `llama_decode` in embedding mode (many sequences per call), node-llama-cpp's embedding API; beside them, the products
 * with the layers' matrices alone, which are the least that any of them computes.
 *
 *   node tests/bench/encoder-bench.ts [model.gguf…] [--shape NAME] [--threads 2] [--tokens 64] [--rounds 5] [--seconds 1.5] [--engines] [--json]
 *
 * Without a file it writes one of random weights in Q8_0: in llara-mini's shape (8 layers, width 384, FFN 1024, 32 000 pieces), or in that of
 * another encoder of encoder/encoder-shapes.ts; `--shape all` takes one after the other. `--engines` measures our graph and llama_decode alone.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import { type EncoderShape, encoderShapes, writeEncoderShape } from './encoder/encoder-shapes.ts';
import {
  openPaths,
  type PathName,
  type Paths,
  pathNames,
  textsOfSmallBatch,
} from './encoder/encoding-paths.ts';
import { productsPath } from './encoder/products-path.ts';
import { measureQueries, type QuestionTimes } from './encoder/question-times.ts';

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
  /** The better way to run our graph against the products with the layers' matrices alone, by the clock and by processor time. */
  ratioToProducts: number;
  cpuRatioToProducts: number;
  /** The former by processor time. */
  cpuRatioToDecode: number;
  /** Null where engines alone are measured. */
  queryMs: QuestionTimes | null;
};

export async function encoderBench(options: EncoderBenchOptions): Promise<EncoderBenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'llara-bench-'));
  try {
    const runtime = await NativeRuntime.create();
    const modelPath =
      options.modelPath ?? (await writeEncoderShape(runtime, options.shape ?? 'llara-mini', folder));
    const paths: Paths = {
      ...(await openPaths(runtime, modelPath, options)),
      'products alone': await productsPath(runtime, modelPath, {
        ...options,
        texts: textsOfSmallBatch(options.tokensPerText),
      }),
    };
    const { wall, cpu } = await measure(paths, options);
    for (const path of Object.values(paths)) await path.dispose();
    const queryMs = options.enginesOnly ? null : await measureQueries(runtime, modelPath, options.threads);
    const ratio = (figures: Partial<Record<PathName, number>>, other = 'decode') => {
      const best = (start: string) =>
        Math.max(
          ...pathNames(figures)
            .filter((name) => name.startsWith(start))
            .map((name) => figures[name]!),
        );
      return best('graph') / best(other);
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
      ratioToProducts: ratio(wall, 'products'),
      cpuRatioToProducts: ratio(cpu, 'products'),
      queryMs,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
  console.log(
    `graph / products with the layers' matrices alone ${result.ratioToProducts.toFixed(2)}, by processor time ${result.cpuRatioToProducts.toFixed(2)}`,
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
