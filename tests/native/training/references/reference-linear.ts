/** The products that the references in 64 bits share. */
import type { ReferencePairs, ReferenceTensors } from '../check-slopes.ts';

/** y = W x + b + scale · B (A x) */
export function referenceLinear(
  model: { scale: number; tensors: ReferenceTensors },
  pairs: ReferencePairs,
  name: string,
  x: Float64Array,
): Float64Array {
  const weight = model.tensors.get(`${name}.weight`) as Float64Array;
  const bias = model.tensors.get(`${name}.bias`);
  const a = pairs.get(`${name}.weight.lora_a`);
  const b = pairs.get(`${name}.weight.lora_b`);
  const y = times(weight, x).map((value, row) => value + (bias?.[row] ?? 0));
  return a && b ? plus(y, times(b, times(a, x)), model.scale) : y;
}

export function times(matrix: Float64Array, x: Float64Array): Float64Array {
  const result = new Float64Array(matrix.length / x.length);
  for (let row = 0; row < result.length; row++) {
    let sum = 0;
    for (let column = 0; column < x.length; column++) sum += matrix[row * x.length + column]! * x[column]!;
    result[row] = sum;
  }
  return result;
}

export function plus(x: Float64Array, y: Float64Array, factor = 1): Float64Array {
  const sum = x.slice();
  for (let at = 0; at < sum.length; at++) sum[at]! += factor * y[at]!;
  return sum;
}
