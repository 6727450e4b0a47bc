/** Every native call of the product in one typed record; built once per runtime and handed on by constructor argument. */
import type { BoundFunctions } from './abi/abi-types.ts';
import { ggmlAllocFunctions } from './abi/ggml-alloc-h.ts';
import { ggmlBackendFunctions } from './abi/ggml-backend-h.ts';
import { ggmlFunctions } from './abi/ggml-h.ts';
import { ggufFunctions } from './abi/gguf-h.ts';
import { llamaFunctions } from './abi/llama-h.ts';

export const nativeFunctionTable = {
  ...ggmlFunctions,
  ...ggmlAllocFunctions,
  ...ggmlBackendFunctions,
  ...ggufFunctions,
  ...llamaFunctions,
} as const;

export type NativeFunctions = BoundFunctions<typeof nativeFunctionTable>;
