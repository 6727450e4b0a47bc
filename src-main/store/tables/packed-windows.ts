/**
 * Vectors of a passage's parts as bytes, four bits a number: so few that all of a passage's parts take about the room of its own vector, and enough
 * since they only order what its vector has found (docs/lab/windows.md).
 */
import { unitVector } from '../../common/vectors/unit-vector.ts';

const levels = 7;
/** Numbers beyond so many times the root of their mean square are cut off: a step that holds them all would be too coarse for the rest. */
const clip = 3;
const scaleBytes = 4;

/** For each window a scale in single precision, then its numbers, two to a byte. All windows have the same length. */
export function packWindows(windows: readonly Float32Array[]): Uint8Array {
  const [first] = windows;
  if (!first) return new Uint8Array(0);
  const stride = strideOf(first.length);
  const bytes = new Uint8Array(stride * windows.length);
  const view = new DataView(bytes.buffer);
  windows.forEach((window, index) => {
    const at = index * stride;
    const scale = scaleOf(window);
    view.setFloat32(at, scale, true);
    for (let number = 0; number < window.length; number += 2) {
      const low = levelOf(window[number], scale);
      const high = levelOf(window[number + 1], scale);
      bytes[at + scaleBytes + number / 2] = low | (high << 4);
    }
  });
  return bytes;
}

/** Dot products of `vector` with the windows, in order; null where there is none, or they are of another length. */
export function scoresOfWindows(packed: Uint8Array, vector: Float32Array): number[] | null {
  const stride = strideOf(vector.length);
  if (packed.length === 0 || packed.length % stride !== 0) return null;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const scores: number[] = [];
  for (let at = 0; at < packed.length; at += stride) {
    let sum = 0;
    for (let number = 0, byte = at + scaleBytes; number < vector.length; number += 2, byte += 1) {
      const both = packed[byte] as number;
      sum += (vector[number] as number) * ((both & 15) - levels);
      sum += (vector[number + 1] ?? 0) * ((both >> 4) - levels);
    }
    scores.push(sum * view.getFloat32(at, true));
  }
  return scores;
}

/** Unit vector of `length` numbers in the middle of the windows; null where there is none, or they are of another length. */
export function middleOfWindows(packed: Uint8Array, length: number): Float32Array | null {
  const stride = strideOf(length);
  if (packed.length === 0 || packed.length % stride !== 0) return null;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const sum = new Float32Array(length);
  for (let at = 0; at < packed.length; at += stride) {
    const scale = view.getFloat32(at, true);
    for (let number = 0; number < length; number += 1) {
      const both = packed[at + scaleBytes + (number >> 1)] as number;
      sum[number]! += scale * ((number & 1 ? both >> 4 : both & 15) - levels);
    }
  }
  return unitVector(sum);
}

const strideOf = (length: number) => scaleBytes + Math.ceil(length / 2);

function scaleOf(window: Float32Array): number {
  let largest = 0;
  let squares = 0;
  for (const value of window) {
    largest = Math.max(largest, Math.abs(value));
    squares += value * value;
  }
  const bound = Math.min(largest, clip * Math.sqrt(squares / window.length));
  return bound / levels;
}

/** 0…14; an odd length is filled up with a zero. */
function levelOf(value: number | undefined, scale: number): number {
  if (value === undefined || scale === 0) return levels;
  return levels + Math.max(-levels, Math.min(levels, Math.round(value / scale)));
}
