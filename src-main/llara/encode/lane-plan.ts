/**
 * How an encoder divides the CPU. A small model runs as several lanes of few threads, because lanes never wait for each other while
 * the threads of one graph meet at a barrier after every operation, and stall there whenever another program takes a core. One more
 * lane is kept for interactive work, so that a query shares the cores with a running passage instead of waiting for its end. A large
 * model runs as one lane with all threads: its operations are long, and a batch would be slow on one core.
 */
import type { GgufTensorInfo } from '../../native/gguf/gguf-file.ts';
import type { DeviceKind, NativeDevice } from '../../native/native-runtime.ts';

export type LanePlan = {
  /** Threads of each lane. */
  lanes: number[];
  /** Threads of the lane that only interactive work may use; null where there is none. */
  interactive: number | null;
};

const largeModelBytes = 256 << 20;
const maxLanes = 8;
/** Native calls wait on Node's thread pool, which file access shares: one thread stays free, one is for the interactive lane. */
const poolThreadsForOthers = 2;
const defaultPoolThreads = 4;

/** `layerBytes`: of the layers, which every token goes through; of a table of embeddings it reads one row. */
export function planLanes(kind: DeviceKind, threads: number, layerBytes: number): LanePlan {
  if (kind !== 'cpu' || layerBytes > largeModelBytes) return { lanes: [threads], interactive: null };
  const poolThreads = Number(process.env.UV_THREADPOOL_SIZE) || defaultPoolThreads;
  const count = Math.max(1, Math.min(threads, maxLanes, poolThreads - poolThreadsForOthers));
  const share = Math.floor(threads / count);
  const lanes = Array.from({ length: count }, (_, lane) => share + (lane < threads % count ? 1 : 0));
  return { lanes, interactive: 1 };
}

/** What `planLanes` asks for. */
export function layerBytes(tensors: readonly GgufTensorInfo[]): number {
  return tensors.reduce((sum, { name, byteLength }) => sum + (name.startsWith('blk.') ? byteLength : 0), 0);
}

/** The device in words, as an encoder reports it. */
export function deviceNameFor(device: NativeDevice, threads: number): string {
  return device.kind === 'cpu' ? `cpu (${threads} ${threads === 1 ? 'thread' : 'threads'})` : device.name;
}
