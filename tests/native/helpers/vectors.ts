/** Small vector arithmetic for assertions. */

export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    dot += a[index]! * b[index]!;
    aa += a[index]! ** 2;
    bb += b[index]! ** 2;
  }
  return dot / Math.sqrt(aa * bb);
}

export const norm = (vector: Float32Array): number => Math.hypot(...vector);

/** Smallest cosine over pairs of rows; fails on unequal counts. */
export function worstCosine(left: readonly Float32Array[], right: readonly Float32Array[]): number {
  if (left.length !== right.length) return Number.NaN;
  return Math.min(...left.map((row, index) => cosine(row, right[index]!)));
}
