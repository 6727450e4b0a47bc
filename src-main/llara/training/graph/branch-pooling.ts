/** Hidden states of a branch's positions to one unit vector, and the gradient of that, on plain arrays. */

export type PooledBranch = {
  /** Unit length; `width` elements. */
  embedding: Float32Array;
  /** Length of the mean before normalising. */
  length: number;
};

/** `rows` holds `count` hidden states of `width` values each, after the final norm (llara.md: mean, then L2-normalise). */
export function poolBranch(rows: Float32Array, width: number, count: number): PooledBranch {
  const embedding = new Float32Array(width);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < width; i++) embedding[i]! += rows[row * width + i]! / count;
  }
  let squares = 0;
  for (let i = 0; i < width; i++) squares += embedding[i]! ** 2;
  const length = Math.max(Math.sqrt(squares), 1e-12);
  for (let i = 0; i < width; i++) embedding[i]! /= length;
  return { embedding, length };
}

/** Adds to `rowGradients` what `gradient`, taken at the embedding, is at each of the branch's rows: (g − (g·e) e) / (‖m‖ count). */
export function poolBranchBackward(
  rowGradients: Float32Array,
  pooled: PooledBranch,
  gradient: Float32Array,
  count: number,
): void {
  const { embedding, length } = pooled;
  const width = embedding.length;
  let along = 0;
  for (let i = 0; i < width; i++) along += gradient[i]! * embedding[i]!;
  for (let i = 0; i < width; i++) {
    const value = (gradient[i]! - along * embedding[i]!) / (length * count);
    for (let row = 0; row < count; row++) rowGradients[row * width + i]! += value;
  }
}
