/** Which positions of a text make its vector. */
export type Pooling =
  /** Mean over the last `count` tokens, those of the suffix (LLaRA: 8; the paper's form and plain decoders: 1). */
  { kind: 'last'; count: number } | { kind: 'mean' } | { kind: 'cls' };

/** Positions of a text of `length` tokens that are pooled, ascending. */
export function selectedPositions(length: number, pooling: Pooling): Int32Array {
  switch (pooling.kind) {
    case 'cls':
      return Int32Array.of(0);
    case 'mean':
      return Int32Array.from({ length }, (_, index) => index);
    case 'last': {
      const count = Math.min(pooling.count, length);
      return Int32Array.from({ length: count }, (_, index) => length - count + index);
    }
  }
}
