/** Vectors of passages' parts in four bits: how near their products stay to the true ones, and what is no windows at all. */
import { expect, it } from 'vitest';
import { dot } from '../../../src-main/common/vectors/dot.ts';
import { unitVector } from '../../../src-main/common/vectors/unit-vector.ts';
import { bestOfWindows, packWindows } from '../../../src-main/store/tables/packed-windows.ts';

/** Numbers that look drawn, the same on every machine. */
function madeUp(seed: number, length: number): Float32Array {
  const values = Float32Array.from({ length }, (_, at) => Math.sin(seed * 12.9898 + at * 78.233) ** 3);
  return unitVector(values) as Float32Array;
}

it.each([384, 33])('gives the best product within a hundredth, of %i numbers', (length) => {
  for (let seed = 1; seed < 40; seed += 1) {
    const windows = [1, 2, 3, 4].map((part) => madeUp(seed * 7 + part, length));
    const question = madeUp(seed * 31, length);
    const best = bestOfWindows(packWindows(windows), question);
    const exact = Math.max(...windows.map((window) => dot(window, question)));
    expect(Math.abs((best as number) - exact)).toBeLessThan(length === 384 ? 0.01 : 0.03);
  }
});

it('takes half a byte a number and four bytes a window', () => {
  expect(packWindows([madeUp(1, 384), madeUp(2, 384)]).length).toBe(2 * (192 + 4));
});

it('knows a window of zeros, and that no windows have no best one', () => {
  expect(bestOfWindows(packWindows([new Float32Array(16)]), madeUp(1, 16))).toBe(0);
  expect(bestOfWindows(packWindows([]), madeUp(1, 16))).toBeNull();
});

it('compares nothing with windows of another length', () => {
  expect(bestOfWindows(packWindows([madeUp(1, 16)]), madeUp(1, 64))).toBeNull();
});
