/** ABI of ggml-backend.h as of llama.cpp v0.5.0: devices, buffers, backends and the scheduler. */
import type { FunctionTable, Signature } from './abi-types.ts';

/** enum ggml_backend_dev_type */
export const deviceTypes = ['cpu', 'gpu', 'igpu', 'accel', 'meta'] as const;

/** enum ggml_backend_buffer_usage */
export const bufferUsage = { any: 0, weights: 1, compute: 2 } as const;

/** Reached through ggml_backend_reg_get_proc_address(reg, "ggml_backend_set_n_threads"). */
export const setThreadsSignature = ['void', 'ptr', 'i32'] as const satisfies Signature;

/** Reached the same way under "ggml_backend_set_abort_callback": backend, callback, data. */
export const setAbortCallbackSignature = ['void', 'ptr', 'ptr', 'ptr'] as const satisfies Signature;

/** Under "ggml_backend_dev_get_extra_bufts": device → array of buffer types that a null ends. */
export const extraBufferTypesSignature = ['ptr', 'ptr'] as const satisfies Signature;

export const ggmlBackendFunctions = {
  ggml_backend_load_all_from_path: ['void', 'str'],
  ggml_backend_load: ['ptr', 'str'],
  ggml_backend_reg_count: ['size'],
  ggml_backend_reg_get: ['ptr', 'size'],
  ggml_backend_reg_name: ['str', 'ptr'],
  ggml_backend_reg_get_proc_address: ['ptr', 'ptr', 'str'],

  ggml_backend_dev_count: ['size'],
  ggml_backend_dev_get: ['ptr', 'size'],
  ggml_backend_dev_by_type: ['ptr', 'i32'],
  ggml_backend_dev_name: ['str', 'ptr'],
  ggml_backend_dev_description: ['str', 'ptr'],
  ggml_backend_dev_memory: ['void', 'ptr', 'data', 'data'],
  ggml_backend_dev_type: ['i32', 'ptr'],
  ggml_backend_dev_backend_reg: ['ptr', 'ptr'],
  ggml_backend_dev_init: ['ptr', 'ptr', 'str'],
  ggml_backend_dev_buffer_type: ['ptr', 'ptr'],
  ggml_backend_dev_supports_op: ['bool', 'ptr', 'ptr'],

  ggml_backend_name: ['str', 'ptr'],
  ggml_backend_free: ['void', 'ptr'],
  ggml_backend_get_default_buffer_type: ['ptr', 'ptr'],
  ggml_backend_supports_op: ['bool', 'ptr', 'ptr'],
  ggml_backend_graph_compute: ['i32', 'ptr', 'ptr'],
  ggml_backend_synchronize: ['void', 'ptr'],

  ggml_backend_buft_name: ['str', 'ptr'],
  ggml_backend_buffer_free: ['void', 'ptr'],
  ggml_backend_buffer_clear: ['void', 'ptr', 'u8'],
  ggml_backend_buffer_get_size: ['size', 'ptr'],
  ggml_backend_buffer_set_usage: ['void', 'ptr', 'i32'],

  ggml_backend_tensor_set: ['void', 'ptr', 'data', 'size', 'size'],
  ggml_backend_tensor_get: ['void', 'ptr', 'data', 'size', 'size'],
  ggml_backend_tensor_memset: ['void', 'ptr', 'u8', 'size', 'size'],
  ggml_backend_tensor_copy: ['void', 'ptr', 'ptr'],

  ggml_backend_sched_new: ['ptr', 'data', 'data', 'i32', 'size', 'bool', 'bool'],
  ggml_backend_sched_free: ['void', 'ptr'],
  ggml_backend_sched_reset: ['void', 'ptr'],
  ggml_backend_sched_alloc_graph: ['bool', 'ptr', 'ptr'],
  ggml_backend_sched_graph_compute: ['i32', 'ptr', 'ptr'],
  ggml_backend_sched_get_n_splits: ['i32', 'ptr'],
} as const satisfies FunctionTable;
