/**
 * How an encoder divides the CPU: a small model runs as several single-threaded lanes, because lanes never wait for each other while
 * threads inside one graph meet at a barrier after every operation, and stall there whenever another program takes a core. A large
 * model runs as one lane with all threads: its operations are long, and its batches would be slow on one core.
 */
import type { DeviceKind, NativeDevice } from '../native/native-runtime.ts';

const largeModelBytes = 256 << 20;
const maxLanes = 8;

export function laneCountFor(kind: DeviceKind, threads: number, modelBytes: number): number {
  return kind === 'cpu' && modelBytes <= largeModelBytes ? Math.max(1, Math.min(threads, maxLanes)) : 1;
}

/** The device in words, as an encoder reports it. */
export function deviceNameFor(device: NativeDevice, threads: number): string {
  return device.kind === 'cpu' ? `cpu (${threads} ${threads === 1 ? 'thread' : 'threads'})` : device.name;
}
