/**
 * ABI of ggml.h as of llama.cpp v0.5.0 (ggml 0.25.1): the enums, the tensor layout and the prototypes that this product calls.
 * Nothing here is guessed: every line follows the header, and `abi-check.ts` compares what can be compared at start.
 */
import type { FunctionTable, StructLayout } from './abi-types.ts';

/** enum ggml_type, without types that have been removed. */
export const ggmlType = {
  f32: 0,
  f16: 1,
  q4_0: 2,
  q4_1: 3,
  q5_0: 6,
  q5_1: 7,
  q8_0: 8,
  q8_1: 9,
  q2_K: 10,
  q3_K: 11,
  q4_K: 12,
  q5_K: 13,
  q6_K: 14,
  q8_K: 15,
  iq2_xxs: 16,
  iq2_xs: 17,
  iq3_xxs: 18,
  iq1_s: 19,
  iq4_nl: 20,
  iq3_s: 21,
  iq2_s: 22,
  iq4_xs: 23,
  i8: 24,
  i16: 25,
  i32: 26,
  i64: 27,
  f64: 28,
  iq1_m: 29,
  bf16: 30,
  tq1_0: 34,
  tq2_0: 35,
  mxfp4: 39,
  nvfp4: 40,
  q1_0: 41,
  q2_0: 42,
} as const;
export type GgmlTypeName = keyof typeof ggmlType;

/** GGML_ROPE_TYPE_* */
export const ropeMode = { normal: 0, neox: 2 } as const;

/** enum ggml_status */
export const ggmlStatus = { allocFailed: -2, failed: -1, success: 0, aborted: 1 } as const;

/** enum ggml_log_level */
export const ggmlLogLevel = { none: 0, debug: 1, info: 2, warn: 3, error: 4, continued: 5 } as const;

export const ggmlMaxDims = 4;
export const ggmlMaxNameBytes = 64;

/** Byte offsets inside struct ggml_tensor on 64-bit targets; `sizeBytes` is GGML_TENSOR_SIZE. */
export const tensorLayout = {
  type: 0,
  buffer: 8,
  ne: 16,
  nb: 48,
  op: 80,
  opParams: 84,
  flags: 148,
  src: 152,
  viewSrc: 232,
  viewOffset: 240,
  data: 248,
  name: 256,
  extra: 320,
  sizeBytes: 336,
} as const;

/** sizeof(struct ggml_object): each tensor of a context is preceded by one. */
export const objectBytes = 32;

export const ggmlInitParams = {
  structName: 'ggml_init_params',
  fields: { mem_size: 'size', mem_buffer: 'ptr', no_alloc: 'bool' },
} as const satisfies StructLayout;

const unary = ['ptr', 'ptr', 'ptr'] as const;
const binary = ['ptr', 'ptr', 'ptr', 'ptr'] as const;
const ternary = ['ptr', 'ptr', 'ptr', 'ptr', 'ptr'] as const;
const rope = [
  ...['ptr', 'ptr', 'ptr', 'ptr', 'ptr'],
  ...['i32', 'i32', 'i32'],
  ...['f32', 'f32', 'f32', 'f32', 'f32', 'f32'],
] as unknown as readonly [
  'ptr',
  'ptr',
  'ptr',
  'ptr',
  'ptr',
  'i32',
  'i32',
  'i32',
  'f32',
  'f32',
  'f32',
  'f32',
  'f32',
  'f32',
];

export const ggmlFunctions = {
  ggml_version: ['str'],
  ggml_commit: ['str'],
  ggml_status_to_string: ['str', 'i32'],
  ggml_log_set: ['void', 'ptr', 'ptr'],
  ggml_time_init: ['void'],

  ggml_type_name: ['str', 'i32'],
  ggml_type_size: ['size', 'i32'],
  ggml_blck_size: ['i64', 'i32'],
  ggml_row_size: ['size', 'i32', 'i64'],
  ggml_is_quantized: ['bool', 'i32'],
  ggml_fp16_to_fp32_row: ['void', 'data', 'data', 'i64'],
  ggml_fp32_to_fp16_row: ['void', 'data', 'data', 'i64'],
  ggml_bf16_to_fp32_row: ['void', 'data', 'data', 'i64'],
  ggml_fp32_to_bf16_row: ['void', 'data', 'data', 'i64'],
  ggml_quantize_chunk: ['size', 'i32', 'data', 'data', 'i64', 'i64', 'i64', 'data'],

  ggml_tensor_overhead: ['size'],
  ggml_graph_overhead_custom: ['size', 'size', 'bool'],
  ggml_init: ['ptr', ggmlInitParams],
  ggml_reset: ['void', 'ptr'],
  ggml_free: ['void', 'ptr'],
  ggml_used_mem: ['size', 'ptr'],
  ggml_set_no_alloc: ['void', 'ptr', 'bool'],
  ggml_get_first_tensor: ['ptr', 'ptr'],
  ggml_get_next_tensor: ['ptr', 'ptr', 'ptr'],
  ggml_get_tensor: ['ptr', 'ptr', 'str'],

  ggml_new_tensor_1d: ['ptr', 'ptr', 'i32', 'i64'],
  ggml_new_tensor_2d: ['ptr', 'ptr', 'i32', 'i64', 'i64'],
  ggml_new_tensor_3d: ['ptr', 'ptr', 'i32', 'i64', 'i64', 'i64'],
  ggml_new_tensor_4d: ['ptr', 'ptr', 'i32', 'i64', 'i64', 'i64', 'i64'],
  ggml_dup_tensor: ['ptr', 'ptr', 'ptr'],
  ggml_nelements: ['i64', 'ptr'],
  ggml_nbytes: ['size', 'ptr'],
  ggml_is_contiguous: ['bool', 'ptr'],
  ggml_op_desc: ['str', 'ptr'],
  ggml_get_name: ['str', 'ptr'],
  ggml_set_name: ['ptr', 'ptr', 'str'],
  ggml_set_input: ['void', 'ptr'],
  ggml_set_output: ['void', 'ptr'],
  ggml_set_param: ['void', 'ptr'],
  ggml_set_loss: ['void', 'ptr'],

  ggml_dup: unary,
  ggml_add: binary,
  ggml_add_inplace: binary,
  ggml_sub: binary,
  ggml_mul: binary,
  ggml_mul_inplace: binary,
  ggml_div: binary,
  ggml_sqr: unary,
  ggml_sqrt: unary,
  ggml_log: unary,
  ggml_exp: unary,
  ggml_step: unary,
  ggml_sigmoid: unary,
  ggml_gelu: unary,
  ggml_silu: unary,
  ggml_silu_back: binary,
  ggml_sum: unary,
  ggml_sum_rows: unary,
  ggml_mean: unary,
  ggml_repeat: binary,
  ggml_repeat_4d: ['ptr', 'ptr', 'ptr', 'i64', 'i64', 'i64', 'i64'],
  ggml_concat: ['ptr', 'ptr', 'ptr', 'ptr', 'i32'],
  ggml_acc: ['ptr', 'ptr', 'ptr', 'ptr', 'size', 'size', 'size', 'size'],
  ggml_set: ['ptr', 'ptr', 'ptr', 'ptr', 'size', 'size', 'size', 'size'],
  ggml_swiglu_split: binary,
  ggml_geglu_split: binary,
  ggml_norm: ['ptr', 'ptr', 'ptr', 'f32'],
  ggml_rms_norm: ['ptr', 'ptr', 'ptr', 'f32'],
  ggml_rms_norm_back: ['ptr', 'ptr', 'ptr', 'ptr', 'f32'],
  ggml_mul_mat: binary,
  ggml_prec_set_acc: ['bool', 'ptr', 'i32'],
  ggml_out_prod: binary,
  ggml_scale: ['ptr', 'ptr', 'ptr', 'f32'],
  ggml_scale_bias: ['ptr', 'ptr', 'ptr', 'f32', 'f32'],
  ggml_cpy: binary,
  ggml_cont: unary,
  ggml_cont_2d: ['ptr', 'ptr', 'ptr', 'i64', 'i64'],
  ggml_cont_3d: ['ptr', 'ptr', 'ptr', 'i64', 'i64', 'i64'],
  ggml_cont_4d: ['ptr', 'ptr', 'ptr', 'i64', 'i64', 'i64', 'i64'],
  ggml_reshape_1d: ['ptr', 'ptr', 'ptr', 'i64'],
  ggml_reshape_2d: ['ptr', 'ptr', 'ptr', 'i64', 'i64'],
  ggml_reshape_3d: ['ptr', 'ptr', 'ptr', 'i64', 'i64', 'i64'],
  ggml_reshape_4d: ['ptr', 'ptr', 'ptr', 'i64', 'i64', 'i64', 'i64'],
  ggml_view_1d: ['ptr', 'ptr', 'ptr', 'i64', 'size'],
  ggml_view_2d: ['ptr', 'ptr', 'ptr', 'i64', 'i64', 'size', 'size'],
  ggml_view_3d: ['ptr', 'ptr', 'ptr', 'i64', 'i64', 'i64', 'size', 'size', 'size'],
  ggml_view_4d: ['ptr', 'ptr', 'ptr', 'i64', 'i64', 'i64', 'i64', 'size', 'size', 'size', 'size'],
  ggml_permute: ['ptr', 'ptr', 'ptr', 'i32', 'i32', 'i32', 'i32'],
  ggml_transpose: unary,
  ggml_get_rows: binary,
  ggml_set_rows: ternary,
  ggml_diag: unary,
  ggml_diag_mask_inf: ['ptr', 'ptr', 'ptr', 'i32'],
  ggml_diag_mask_zero: ['ptr', 'ptr', 'ptr', 'i32'],
  ggml_soft_max: unary,
  ggml_soft_max_ext: ['ptr', 'ptr', 'ptr', 'ptr', 'f32', 'f32'],
  ggml_soft_max_ext_back: ['ptr', 'ptr', 'ptr', 'ptr', 'f32', 'f32'],
  ggml_rope_ext: rope,
  ggml_flash_attn_ext: ['ptr', 'ptr', 'ptr', 'ptr', 'ptr', 'ptr', 'f32', 'f32', 'f32'],
  ggml_opt_step_sgd: ternary,

  ggml_new_graph_custom: ['ptr', 'ptr', 'size', 'bool'],
  ggml_build_forward_expand: ['void', 'ptr', 'ptr'],
  ggml_graph_add_node: ['void', 'ptr', 'ptr'],
  ggml_build_backward_expand: ['void', 'ptr', 'ptr', 'data'],
  ggml_graph_reset: ['void', 'ptr'],
  ggml_graph_clear: ['void', 'ptr'],
  ggml_graph_n_nodes: ['i32', 'ptr'],
  ggml_graph_node: ['ptr', 'ptr', 'i32'],
  ggml_graph_get_grad: ['ptr', 'ptr', 'ptr'],
  ggml_graph_get_grad_acc: ['ptr', 'ptr', 'ptr'],
} as const satisfies FunctionTable;
