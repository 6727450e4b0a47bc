/** ABI of ggml-alloc.h as of llama.cpp v0.5.0: graph allocator and whole-context allocation. */
import type { FunctionTable } from './abi-types.ts';

export const ggmlAllocFunctions = {
  ggml_gallocr_new: ['ptr', 'ptr'],
  ggml_gallocr_free: ['void', 'ptr'],
  ggml_gallocr_reserve: ['bool', 'ptr', 'ptr'],
  ggml_gallocr_alloc_graph: ['bool', 'ptr', 'ptr'],
  ggml_gallocr_get_buffer_size: ['size', 'ptr', 'i32'],
  ggml_backend_alloc_ctx_tensors_from_buft: ['ptr', 'ptr', 'ptr'],
} as const satisfies FunctionTable;
