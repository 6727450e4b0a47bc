/** How long a step or an embedding will take, counted in operations and divided by what devices were seen to reach. */
import type { DeviceKind } from '../../native/native-runtime.ts';
import type { LlamaConfig } from '../llama-config.ts';
import type { WeightPrecision } from './training-model.ts';

/** Operations per second of one thread of an older CPU, overheads included. Products with stored 8-bit weights are the fast ones. */
const perThread: Readonly<Record<WeightPrecision, number>> = { half: 1.4e10, stored: 2.2e10 };
/** A modest GPU. */
const perGpu = 4e12;
/** Forward, and the same again for the gradient of the input; the adapter's own gradients are small beside it. */
const passesOfStep = 2;

/** Every layer sees every token, but the last one makes only keys and values for all, and the rest for the pooled positions. */
export function forwardOperations(config: LlamaConfig, tokens: number, pooled: number): number {
  const { layerCount, width, feedForward, headSize, headCount, kvHeadCount } = config;
  const keysAndValues = 2 * width * headSize * kvHeadCount;
  const others = 2 * width * headSize * headCount + 3 * width * feedForward;
  return 2 * (tokens * ((layerCount - 1) * (keysAndValues + others) + keysAndValues) + pooled * others);
}

export function stepOperations(config: LlamaConfig, tokens: number, pooled: number): number {
  return passesOfStep * forwardOperations(config, tokens, pooled);
}

export function operationsPerSecond(
  device: { kind: DeviceKind; threads: number },
  precision: WeightPrecision,
): number {
  return device.kind === 'cpu' ? device.threads * perThread[precision] : perGpu;
}
