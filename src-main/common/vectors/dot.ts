/** Σ x[i] · y[i] of two vectors of one length; of unit vectors, their cosine. */
export function dot(x: Float32Array, y: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}
