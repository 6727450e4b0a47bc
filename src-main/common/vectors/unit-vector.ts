/** The vector at length 1; null for one of length 0, which points nowhere. */
export function unitVector(vector: Float32Array): Float32Array | null {
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : null;
}
