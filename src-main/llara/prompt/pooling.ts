/** Which positions of a text make its vector. */
export type Pooling =
  /** Mean over the last `count` tokens, those of the suffix (LLaRA: 8; the paper's form and plain decoders: 1). */
  { kind: 'last'; count: number } | { kind: 'mean' } | { kind: 'cls' };
