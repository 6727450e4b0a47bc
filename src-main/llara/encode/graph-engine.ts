/** Computes vectors with our own graphs, on one lane or several over the same weights. */
import { availableParallelism } from 'node:os';
import { AppError } from '../../common/app-error.ts';
import { Backend } from '../../native/ggml/backend.ts';
import { GraphExecutor } from '../../native/ggml/graph-executor.ts';
import type { GgufFile } from '../../native/gguf/gguf-file.ts';
import type { NativeDevice, NativeRuntime } from '../../native/native-runtime.ts';
import type { LoraPairs } from '../graph/blocks.ts';
import { LoraAdapter } from '../graph/lora-adapter.ts';
import { readNetworkShape } from '../training/network-shape.ts';
import { activationBytesPerToken } from './batches/activation-memory.ts';
import type { TokenSequence } from './batches/batch-packing.ts';
import { planBatchTokens } from './batches/batch-planning.ts';
import { type GraphModel, loadGraphModel } from './graph-model.ts';
import { deviceNameFor, type LanePlan, layerBytes, planLanes } from './lane-plan.ts';
import type { EmbedOptions, EngineLane, VectorEngine } from './vector-engine.ts';

/** Passages have a few hundred tokens, whatever a model could take. */
const longestText = 2048;

export type GraphEngineOptions = {
  runtime: NativeRuntime;
  device: NativeDevice;
  threads?: number;
  gguf: GgufFile;
  adapterPath?: string;
  /** Other lanes than the model's size suggests; for comparison. */
  lanePlan?: LanePlan;
  signal?: AbortSignal;
};

export async function createGraphEngine(options: GraphEngineOptions): Promise<VectorEngine> {
  const { runtime, device, gguf } = options;
  const disposables: { dispose(): void | Promise<void> }[] = [];
  const own = <T extends { dispose(): void | Promise<void> }>(resource: T): T => {
    disposables.push(resource);
    return resource;
  };
  const dispose = async () => {
    for (const resource of disposables.splice(0).reverse()) await resource.dispose();
  };
  try {
    const threads = options.threads ?? availableParallelism();
    requireMemory(runtime, gguf, device);
    const plan = options.lanePlan ?? planLanes(device.kind, threads, layerBytes(gguf.tensors()));
    const backendWith = async (threadCount: number) =>
      own(await Backend.create(runtime, { device, threadCount }));
    const main = await backendWith(plan.lanes[0]!);
    const model = own(await loadGraphModel(main, gguf, options.signal));
    const adapter = options.adapterPath
      ? own(await LoraAdapter.create(main, options.adapterPath, model))
      : null;
    const fallback = await fallbackBackend(runtime, device, threads);
    if (fallback) own(fallback);
    const laneOn = (backend: Backend) => {
      const executorOptions = fallback ? { fallback, maxNodes: model.maxNodes } : {};
      return createLane(own(GraphExecutor.create(backend, executorOptions)), model, adapter?.pairs);
    };
    const lanes = [laneOn(main)];
    for (const threadCount of plan.lanes.slice(1)) lanes.push(laneOn(await backendWith(threadCount)));
    const interactiveLane = plan.interactive === null ? null : laneOn(await backendWith(plan.interactive));
    const maxBatchTokens = planBatchTokens({
      freeBytes: freeMemoryOf(runtime, device),
      bytesPerToken: bytesPerToken(gguf),
      lanes: lanes.length + (interactiveLane === null ? 0 : 1),
    });
    return {
      dimension: model.dimension,
      vocabularySize: model.vocabularySize,
      deviceName: deviceNameFor(device, threads),
      computesWindows: true,
      lanes,
      interactiveLane,
      maxSequences: 256,
      maxBatchTokens,
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Refuses before the load what would not fit after it; how large batches may be is decided after it. */
function requireMemory(runtime: NativeRuntime, gguf: GgufFile, device: NativeDevice): void {
  const neededBytes = gguf.tensors().reduce((sum, { byteLength }) => sum + byteLength, 0);
  const freeBytes = freeMemoryOf(runtime, device);
  if (neededBytes <= freeBytes) return;
  const gigabytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
  throw new AppError(
    'out-of-memory',
    `${gguf.path} needs ${gigabytes(neededBytes)} GiB, ${device.name} has ${gigabytes(freeBytes)} GiB free. ` +
      'Close other programs or choose a smaller model.',
  );
}

/** As it is now: `device` may have been described before the weights were loaded. */
function freeMemoryOf(runtime: NativeRuntime, device: NativeDevice): number {
  if (device.kind === 'cpu') return process.availableMemory();
  return runtime.findDevice(device.name)?.memoryFreeBytes ?? device.memoryFreeBytes;
}

/** In the longest texts that the model takes, whose masks are the largest. */
function bytesPerToken(gguf: GgufFile): number {
  const network = readNetworkShape(gguf);
  if (!network.ok)
    throw new AppError('not-supported', `${gguf.path} has no graph of ours: ${network.reason}.`);
  const context = gguf.number(`${gguf.string('general.architecture')}.context_length`) ?? 0;
  return activationBytesPerToken(network.shape, Math.min(context, longestText));
}

function createLane(executor: GraphExecutor, model: GraphModel, pairs: LoraPairs | undefined): EngineLane {
  return {
    embed: (sequences: readonly TokenSequence[], { bare, signal }: EmbedOptions = {}) =>
      model.embed(executor, sequences, { lora: bare ? undefined : pairs, signal }),
  };
}

/** GPUs lack an operation now and then; the scheduler hands those to the CPU. */
async function fallbackBackend(
  runtime: NativeRuntime,
  device: NativeDevice,
  threads: number,
): Promise<Backend | null> {
  const cpu = runtime.findDevice('cpu');
  if (device.kind === 'cpu' || cpu === undefined) return null;
  return Backend.create(runtime, { device: cpu, threadCount: threads });
}
