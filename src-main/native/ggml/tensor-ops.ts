/**
 * ggml's operations as methods: each adds one node to a context and returns its result. Shapes are in ggml's order (the first
 * extent is contiguous) and follow ggml.h; ggml checks them and aborts the process on a mistake, so builders must be right.
 */
import { type GgmlTypeName, ggmlType } from '../abi/ggml-h.ts';
import type { NativeFunctions } from '../native-functions.ts';
import type { GgmlContext } from './ggml-context.ts';
import { Tensor } from './tensor.ts';

export type RopeOptions = {
  /** Leading elements of each head that are rotated. */
  dimensions: number;
  /** GGML_ROPE_TYPE_*: 0 rotates neighbours (2i, 2i+1). */
  mode: number;
  originalContext: number;
  base: number;
  scale: number;
  extFactor: number;
  attnFactor: number;
  betaFast: number;
  betaSlow: number;
};

export class TensorOps {
  readonly context: GgmlContext;
  readonly #f: NativeFunctions;

  constructor(context: GgmlContext) {
    this.context = context;
    this.#f = context.functions;
  }

  // Element by element; b is broadcast to a where ggml_can_repeat(b, a).
  add = (a: Tensor, b: Tensor) => this.#two('ggml_add', a, b);
  sub = (a: Tensor, b: Tensor) => this.#two('ggml_sub', a, b);
  mul = (a: Tensor, b: Tensor) => this.#two('ggml_mul', a, b);
  div = (a: Tensor, b: Tensor) => this.#two('ggml_div', a, b);
  sqr = (a: Tensor) => this.#one('ggml_sqr', a);
  sqrt = (a: Tensor) => this.#one('ggml_sqrt', a);
  log = (a: Tensor) => this.#one('ggml_log', a);
  exp = (a: Tensor) => this.#one('ggml_exp', a);
  neg = (a: Tensor) => this.#one('ggml_neg', a);
  step = (a: Tensor) => this.#one('ggml_step', a);
  sigmoid = (a: Tensor) => this.#one('ggml_sigmoid', a);
  /** The approximation by tanh, on the CPU from a table of f16. */
  gelu = (a: Tensor) => this.#one('ggml_gelu', a);
  silu = (a: Tensor) => this.#one('ggml_silu', a);
  /** Gradient of silu at x for the incoming gradient `dy` (ggml.h: a - dy, b - x). */
  siluBack = (dy: Tensor, x: Tensor) => this.#two('ggml_silu_back', dy, x);
  /** silu(gate) * up */
  swiglu = (gate: Tensor, up: Tensor) => this.#two('ggml_swiglu_split', gate, up);
  scale = (a: Tensor, factor: number) => this.#wrap('scale', this.#f.ggml_scale(this.#c, a.pointer, factor));
  scaleBias = (a: Tensor, factor: number, bias: number) =>
    this.#wrap('scale_bias', this.#f.ggml_scale_bias(this.#c, a.pointer, factor, bias));
  clamp = (a: Tensor, low: number, high: number) =>
    this.#wrap('clamp', this.#f.ggml_clamp(this.#c, a.pointer, low, high));

  // Reductions and repetition.
  sum = (a: Tensor) => this.#one('ggml_sum', a);
  /** [n0, n1, n2, n3] → [1, n1, n2, n3] */
  sumRows = (a: Tensor) => this.#one('ggml_sum_rows', a);
  /** [n0, n1, n2, n3] → [1, n1, n2, n3] */
  mean = (a: Tensor) => this.#one('ggml_mean', a);
  /** [n0, n1] → i32 [n1] */
  argmax = (a: Tensor) => this.#one('ggml_argmax', a);
  /** i32 indices of the k largest of each row, unordered. */
  topK = (a: Tensor, k: number) => this.#wrap('top_k', this.#f.ggml_top_k(this.#c, a.pointer, k));
  argsort = (a: Tensor, order: 'ascending' | 'descending') =>
    this.#wrap('argsort', this.#f.ggml_argsort(this.#c, a.pointer, order === 'ascending' ? 0 : 1));
  repeat = (a: Tensor, like: Tensor) => this.#two('ggml_repeat', a, like);
  repeatBack = (a: Tensor, like: Tensor) => this.#two('ggml_repeat_back', a, like);
  concat = (a: Tensor, b: Tensor, dimension: number) =>
    this.#wrap('concat', this.#f.ggml_concat(this.#c, a.pointer, b.pointer, dimension));

  // Norms and softmax, over the first extent.
  /** (a - mean) / √(variance + epsilon) */
  norm = (a: Tensor, epsilon: number) => this.#wrap('norm', this.#f.ggml_norm(this.#c, a.pointer, epsilon));
  rmsNorm = (a: Tensor, epsilon: number) =>
    this.#wrap('rms_norm', this.#f.ggml_rms_norm(this.#c, a.pointer, epsilon));
  /** Gradient of rmsNorm at x for `dy`. */
  rmsNormBack = (dy: Tensor, x: Tensor, epsilon: number) =>
    this.#wrap('rms_norm_back', this.#f.ggml_rms_norm_back(this.#c, dy.pointer, x.pointer, epsilon));
  l2Norm = (a: Tensor, epsilon: number) =>
    this.#wrap('l2_norm', this.#f.ggml_l2_norm(this.#c, a.pointer, epsilon));
  softMax = (a: Tensor) => this.#one('ggml_soft_max', a);
  /** softmax(scale · a + mask); mask f32 or f16 [n0, ≥ n1, 1 or n2, 1 or n3] */
  softMaxExt = (a: Tensor, mask: Tensor | null, scale: number) =>
    this.#wrap(
      'soft_max_ext',
      this.#f.ggml_soft_max_ext(this.#c, a.pointer, mask?.pointer ?? null, scale, 0),
    );
  /** Gradient of softMaxExt at its result y for `dy`. */
  softMaxExtBack = (dy: Tensor, y: Tensor, scale: number) =>
    this.#wrap('soft_max_ext_back', this.#f.ggml_soft_max_ext_back(this.#c, dy.pointer, y.pointer, scale, 0));

  // Products. a: [k, n, …], b: [k, m, …] → [n, m, …]; only `a` may be quantised; a's extents 2 and 3 are broadcast to b's.
  mulMat = (a: Tensor, b: Tensor) => this.#two('ggml_mul_mat', a, b);
  /** a: [n, k, …], b: [m, k, …] → [n, m, …] */
  outProd = (a: Tensor, b: Tensor) => this.#two('ggml_out_prod', a, b);
  /** q [d, T, H, B], k and v [d, S, Hkv, B], mask f16 [S, ≥T, 1, B] → [d, H, T, B] */
  flashAttention = (q: Tensor, k: Tensor, v: Tensor, mask: Tensor | null, scale: number) =>
    this.#wrap(
      'flash_attn_ext',
      this.#f.ggml_flash_attn_ext(
        this.#c,
        q.pointer,
        k.pointer,
        v.pointer,
        mask?.pointer ?? null,
        scale,
        0,
        0,
      ),
    );

  // Shape. `cont` copies into contiguous memory, the others are views.
  cont = (a: Tensor) => this.#one('ggml_cont', a);
  transpose = (a: Tensor) => this.#one('ggml_transpose', a);
  permute = (a: Tensor, axis0: number, axis1: number, axis2: number, axis3: number) =>
    this.#wrap('permute', this.#f.ggml_permute(this.#c, a.pointer, axis0, axis1, axis2, axis3));
  reshape = (a: Tensor, ...extents: number[]) => {
    const [n0 = 1, n1 = 1, n2 = 1, n3 = 1] = extents;
    return extents.length <= 2
      ? this.#wrap('reshape', this.#f.ggml_reshape_2d(this.#c, a.pointer, n0, n1))
      : this.#wrap('reshape', this.#f.ggml_reshape_4d(this.#c, a.pointer, n0, n1, n2, n3));
  };
  /** View of up to four extents; strides and offset in bytes, strides for extents 1, 2, 3. */
  view = (a: Tensor, extents: readonly number[], strides: readonly number[], offsetBytes = 0) => {
    const [n0 = 1, n1 = 1, n2 = 1, n3 = 1] = extents;
    const nb1 = strides[0] ?? a.strides[1];
    const nb2 = strides[1] ?? nb1 * n1;
    const nb3 = strides[2] ?? nb2 * n2;
    return this.#wrap(
      'view',
      this.#f.ggml_view_4d(this.#c, a.pointer, n0, n1, n2, n3, nb1, nb2, nb3, offsetBytes),
    );
  };
  /** Copies a into b (types may differ) and returns a view of b. */
  copy = (a: Tensor, b: Tensor) => this.#two('ggml_cpy', a, b);
  cast = (a: Tensor, type: GgmlTypeName) =>
    this.#wrap('cast', this.#f.ggml_cast(this.#c, a.pointer, ggmlType[type]));

  // Rows. `rows`: i32 indices.
  /** a: [n, rows, B, …], rows: [r, B, …] → f32 [n, r, B, …] */
  getRows = (a: Tensor, rows: Tensor) => this.#two('ggml_get_rows', a, rows);
  /** Gradient of getRows with respect to a tensor shaped as `like`. */
  getRowsBack = (dy: Tensor, rows: Tensor, like: Tensor) => this.#three('ggml_get_rows_back', dy, rows, like);
  /** Writes `source`'s rows into `target` at `rows` (i64 or i32); returns a view of the target. */
  setRows = (target: Tensor, source: Tensor, rows: Tensor) =>
    this.#three('ggml_set_rows', target, source, rows);

  /** a: [d, H, T, B]; positions: i32 [T] or one per row of extent 2; factors: f32 [d/2] or null. */
  rope = (a: Tensor, positions: Tensor, factors: Tensor | null, options: RopeOptions) =>
    this.#rope('ggml_rope_ext', a, positions, factors, options);
  /** Gradient of rope for `dy`. */
  ropeBack = (dy: Tensor, positions: Tensor, factors: Tensor | null, options: RopeOptions) =>
    this.#rope('ggml_rope_ext_back', dy, positions, factors, options);

  /** Mean over rows of -Σ labels · log softmax(logits): a scalar. */
  crossEntropyLoss = (logits: Tensor, labels: Tensor) => this.#two('ggml_cross_entropy_loss', logits, labels);
  /** Gradient with respect to the logits; ggml.c's argument order, the header's comment is wrong. */
  crossEntropyLossBack = (dy: Tensor, logits: Tensor, labels: Tensor) =>
    this.#three('ggml_cross_entropy_loss_back', dy, logits, labels);
  /** One AdamW step in place; `parameters` f32 [7]: alpha, beta1, beta2, eps, weight decay, beta1h, beta2h. */
  adamwStep = (weight: Tensor, gradient: Tensor, m: Tensor, v: Tensor, parameters: Tensor) =>
    this.#wrap(
      'opt_step_adamw',
      this.#f.ggml_opt_step_adamw(
        this.#c,
        weight.pointer,
        gradient.pointer,
        m.pointer,
        v.pointer,
        parameters.pointer,
      ),
    );

  get #c(): bigint {
    return this.context.pointer;
  }

  #wrap(operation: string, pointer: bigint | null): Tensor {
    return new Tensor(this.context, pointer, operation);
  }

  #one(operation: UnaryOp, a: Tensor): Tensor {
    return this.#wrap(operation, this.#f[operation](this.#c, a.pointer));
  }

  #two(operation: BinaryOp, a: Tensor, b: Tensor): Tensor {
    return this.#wrap(operation, this.#f[operation](this.#c, a.pointer, b.pointer));
  }

  #three(operation: TernaryOp, a: Tensor, b: Tensor, c: Tensor): Tensor {
    return this.#wrap(operation, this.#f[operation](this.#c, a.pointer, b.pointer, c.pointer));
  }

  #rope(
    operation: 'ggml_rope_ext' | 'ggml_rope_ext_back',
    a: Tensor,
    positions: Tensor,
    factors: Tensor | null,
    o: RopeOptions,
  ): Tensor {
    const pointer = this.#f[operation](
      this.#c,
      a.pointer,
      positions.pointer,
      factors?.pointer ?? null,
      o.dimensions,
      o.mode,
      o.originalContext,
      o.base,
      o.scale,
      o.extFactor,
      o.attnFactor,
      o.betaFast,
      o.betaSlow,
    );
    return this.#wrap(operation, pointer);
  }
}

type Pointer = bigint | null;
type OpsWith<F> = {
  [K in keyof NativeFunctions]: NativeFunctions[K] extends F ? K : never;
}[keyof NativeFunctions];
type UnaryOp = Extract<OpsWith<(c: Pointer, a: Pointer) => Pointer>, `ggml_${string}`>;
type BinaryOp = Extract<OpsWith<(c: Pointer, a: Pointer, b: Pointer) => Pointer>, `ggml_${string}`>;
type TernaryOp = Extract<
  OpsWith<(c: Pointer, a: Pointer, b: Pointer, d: Pointer) => Pointer>,
  `ggml_${string}`
>;
