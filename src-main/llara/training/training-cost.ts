/**
 * Estimates how long a step or an embedding will take: operations counted, divided by the rates that devices were
 * seen to reach.
 */
import type { DeviceKind } from '../../native/native-runtime.ts';
import type { NetworkShape } from './network-shape.ts';
import type { WeightPrecision } from './state/training-model.ts';

/** Operations per second of one thread of an older CPU, overheads included. Products with stored 8-bit weights are the fast ones. */
const perThread: Readonly<Record<WeightPrecision, number>> = { half: 1.4e10, stored: 2.2e10 };
/** A modest GPU. */
const perGpu = 4e12;
/** Forward, and the same again for the gradient of the input. */
const passesOfStep = 2;
/** Of an adapter's pairs also the gradients of A and B. */
const passesOfAdapter = 3;

/** Every layer sees every token, but the last one makes only keys and values for all, and the rest for the pooled positions. */
export function forwardOperations(shape: NetworkShape, tokens: number, pooled: number): number {
  return operations(shape, tokens, pooled, (input, output) => input * output);
}

/** `rank`: of the adapter's pairs. */
export function stepOperations(shape: NetworkShape, tokens: number, pooled: number, rank: number): number {
  const ofPairs = operations(shape, tokens, pooled, (input, output) => rank * (input + output));
  return passesOfStep * forwardOperations(shape, tokens, pooled) + passesOfAdapter * ofPairs;
}

/** What EBAE and EBAR add: the output head at each pooled position, and the gradient back through it. */
export function headOperations({ width, vocabularySize }: NetworkShape, pooled: number): number {
  return passesOfStep * 2 * pooled * width * vocabularySize;
}

function operations(
  { layerCount, width, feedForward, feedForwardMatrices, headSize, headCount, kvHeadCount }: NetworkShape,
  tokens: number,
  pooled: number,
  multiplications: (input: number, output: number) => number,
): number {
  const keysAndValues = 2 * multiplications(width, headSize * kvHeadCount);
  const others =
    2 * multiplications(width, headSize * headCount) +
    feedForwardMatrices * multiplications(width, feedForward);
  return 2 * (tokens * ((layerCount - 1) * (keysAndValues + others) + keysAndValues) + pooled * others);
}

export function operationsPerSecond(
  device: { kind: DeviceKind; threads: number },
  precision: WeightPrecision,
): number {
  return device.kind === 'cpu' ? device.threads * perThread[precision] : perGpu;
}
