/** Vectors of passages' parts in four bits: how near their products stay to the true ones, and what is no windows at all. */
import { expect, it } from 'vitest';
import { dot } from '../../../src-main/common/vectors/dot.ts';
import { unitVector } from '../../../src-main/common/vectors/unit-vector.ts';
import { packWindows, scoresOfWindows } from '../../../src-main/store/tables/packed-windows.ts';

/** Numbers that look drawn, the same on every machine. */
function madeUp(seed: number, length: number): Float32Array {
  const values = Float32Array.from({ length }, (_, at) => Math.sin(seed * 12.9898 + at * 78.233) ** 3);
  return unitVector(values) as Float32Array;
}

it.each([384, 33])('gives the products, the best of them within a hundredth, of %i numbers', (length) => {
  for (let seed = 1; seed < 40; seed += 1) {
    const windows = [1, 2, 3, 4].map((part) => madeUp(seed * 7 + part, length));
    const question = madeUp(seed * 31, length);
    const scores = scoresOfWindows(packWindows(windows), question) as number[];
    const best = Math.max(...scores);
    const exact = windows.map((window) => dot(window, question));
    expect(scores).toHaveLength(4);
    expect(Math.abs(best - Math.max(...exact))).toBeLessThan(length === 384 ? 0.01 : 0.03);
  }
});

it('takes half a byte a number and four bytes a window', () => {
  expect(packWindows([madeUp(1, 384), madeUp(2, 384)]).length).toBe(2 * (192 + 4));
});

it('knows a window of zeros, and that no windows have no products', () => {
  expect(scoresOfWindows(packWindows([new Float32Array(16)]), madeUp(1, 16))).toEqual([0]);
  expect(scoresOfWindows(packWindows([]), madeUp(1, 16))).toBeNull();
});

it('compares nothing with windows of another length', () => {
  expect(scoresOfWindows(packWindows([madeUp(1, 16)]), madeUp(1, 64))).toBeNull();
});
