/** What a tensor or a graph needs of the context that owns it: ggml's functions, and whether it still lives. */
import type { NativeFunctions } from '../native-functions.ts';

export interface TensorOwner {
  readonly functions: NativeFunctions;
  /** Of the `ggml_context`; throws after its disposal. */
  readonly pointer: bigint;
  requireLive(): void;
}
