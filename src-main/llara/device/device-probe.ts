/**
 * Computes the same vectors on every device of one build of the libraries and compares them with the CPU's. It is meant for a
 * throwaway process: a driver that crashes takes only that process with it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backendProblem } from '../../native/backend-problem.ts';
import { GgufFile } from '../../native/gguf/gguf-file.ts';
import { GgufWriter } from '../../native/gguf/gguf-writer.ts';
import type { NativeVariant } from '../../native/library-location.ts';
import { type NativeDevice, NativeRuntime } from '../../native/native-runtime.ts';
import type { TokenSequence } from '../encode/batches/batch-packing.ts';
import { createGraphEngine } from '../encode/graph-engine.ts';
import { ownGraphVerdict } from '../encode/graph-model.ts';
import type { VectorEngine } from '../encode/vector-engine.ts';
import { randomLlamaTensorCount, writeRandomLlama } from '../graph/llama/random-llama.ts';

export type ProbeRequest = {
  variant: NativeVariant;
  modelPath: string | null;
  threads: number | null;
  /** Folder of builds that a person has fetched. */
  packs?: string;
  /** To say why the build has no device of its own, where it has none. */
  explain: boolean;
};

export type DeviceProbe = {
  name: string;
  description: string;
  kind: NativeDevice['kind'];
  memoryBytes: number | null;
  /** Smallest cosine between this device's vectors and the CPU's; null where computing failed. */
  agreement: number | null;
  /** Passages of 200 tokens per second. */
  chunksPerSecond: number | null;
  problem: string | null;
};

const measureMs = 300;
const chunkTokens = 200;

export async function probeVariant(request: ProbeRequest): Promise<DeviceProbe[]> {
  const runtime = await NativeRuntime.create({ variant: request.variant, packs: request.packs });
  const folder = await mkdtemp(join(tmpdir(), 'llara-probe-'));
  try {
    const gguf = await openModel(runtime, request.modelPath, folder);
    const cpu = runtime.findDevice('cpu')!;
    const reference = await tryDevice(runtime, cpu, gguf, request.threads);
    const probes: DeviceProbe[] = [];
    for (const device of runtime.devices()) {
      if (device.kind !== 'cpu' && device.kind !== 'gpu' && device.kind !== 'igpu') continue;
      const result =
        device.kind === 'cpu' ? reference : await tryDevice(runtime, device, gguf, request.threads);
      probes.push(describe(device, result, reference));
    }
    const isAlone = probes.every(({ kind }) => kind === 'cpu');
    if (isAlone && request.explain) probes.push(absent(runtime));
    return probes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function absent({ location }: NativeRuntime): DeviceProbe {
  return {
    name: location.variant,
    description: `llama.cpp's ${location.variant} libraries`,
    kind: 'gpu',
    memoryBytes: null,
    agreement: null,
    chunksPerSecond: null,
    problem: backendProblem(location),
  };
}

type Trial = { vectors: Float32Array[]; chunksPerSecond: number } | { problem: string };

async function tryDevice(
  runtime: NativeRuntime,
  device: NativeDevice,
  gguf: GgufFile,
  threads: number | null,
): Promise<Trial> {
  let engine: VectorEngine | null = null;
  try {
    engine = await createGraphEngine({ runtime, device, gguf, threads: threads ?? undefined });
    const { lanes, vocabularySize } = engine;
    const vectors = (await lanes[0]!.embed(knownSequences(vocabularySize, [5, 17, 48, 64]))).flat();
    const chunks = knownSequences(vocabularySize, [chunkTokens, chunkTokens]);
    const start = performance.now();
    const counts = await Promise.all(
      lanes.map(async (lane) => {
        let count = 0;
        while (performance.now() - start < measureMs) count += (await lane.embed(chunks)).length;
        return count;
      }),
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    return { vectors, chunksPerSecond: (total * 1000) / (performance.now() - start) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    await engine?.dispose();
  }
}

function describe(device: NativeDevice, trial: Trial, reference: Trial): DeviceProbe {
  const base = {
    name: device.name,
    description: device.description,
    kind: device.kind,
    memoryBytes: device.memoryTotalBytes,
  };
  if ('problem' in trial || 'problem' in reference) {
    const problem = 'problem' in trial ? trial.problem : 'problem' in reference ? reference.problem : null;
    return { ...base, agreement: null, chunksPerSecond: null, problem };
  }
  const cosines = trial.vectors.map((vector, index) => cosine(vector, reference.vectors[index]!));
  return {
    ...base,
    agreement: Math.min(...cosines),
    chunksPerSecond: trial.chunksPerSecond,
    problem: null,
  };
}

/** Token ids by a fixed rule: known to both sides, and spread over the vocabulary. */
function knownSequences(vocabulary: number, lengths: readonly number[]): TokenSequence[] {
  return lengths.map((length, row) => ({
    tokens: Int32Array.from({ length }, (_, at) => (row * 7919 + at * 104_729 + 300) % vocabulary),
    selected: Int32Array.from({ length: Math.min(8, length) }, (_, at) => Math.max(0, length - 8) + at),
  }));
}

/** A given model if one of our own graphs can run it and it takes a whole chunk, else a random one of the default encoder's shape. */
async function openModel(
  runtime: NativeRuntime,
  modelPath: string | null,
  folder: string,
): Promise<GgufFile> {
  if (modelPath !== null) {
    const gguf = await GgufFile.create(runtime, modelPath);
    const context = gguf.number(`${gguf.string('general.architecture')}.context_length`) ?? 0;
    if (ownGraphVerdict(gguf).ok && context >= chunkTokens) return gguf;
    gguf.dispose();
  }
  const shape = { layerCount: 4, width: 384, headCount: 6, kvHeadCount: 6, feedForward: 1024 };
  const writer = GgufWriter.create(runtime, randomLlamaTensorCount(shape));
  writeRandomLlama(writer, { ...shape, vocabulary: 2048, contextLength: 512, type: 'q8_0', seed: 7 });
  const path = join(folder, 'probe.gguf');
  await writer.write(path);
  writer.dispose();
  return GgufFile.create(runtime, path);
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    dot += a[index]! * b[index]!;
    aa += a[index]! ** 2;
    bb += b[index]! ** 2;
  }
  return dot / Math.sqrt(aa * bb);
}
