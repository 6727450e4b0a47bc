/**
 * ggml's operations as methods: each adds one node to a context and returns its result. Shapes are in ggml's order (the first
 * extent is contiguous) and follow ggml.h; ggml checks them and aborts the process on a mistake, so builders must be right.
 */
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
  step = (a: Tensor) => this.#one('ggml_step', a);
  sigmoid = (a: Tensor) => this.#one('ggml_sigmoid', a);
  /** The approximation by tanh, on the CPU from a table of f16. */
  gelu = (a: Tensor) => this.#one('ggml_gelu', a);
  silu = (a: Tensor) => this.#one('ggml_silu', a);
  /** Gradient of silu at x for the incoming gradient `dy` (ggml.h: a - dy, b - x). */
  siluBack = (dy: Tensor, x: Tensor) => this.#two('ggml_silu_back', dy, x);
  /** silu(gate) * up */
  swiglu = (gate: Tensor, up: Tensor) => this.#two('ggml_swiglu_split', gate, up);
  /** gelu(gate) * up, as `gelu` */
  geglu = (gate: Tensor, up: Tensor) => this.#two('ggml_geglu_split', gate, up);
  scale = (a: Tensor, factor: number) => this.#wrap('scale', this.#f.ggml_scale(this.#c, a.pointer, factor));
  scaleBias = (a: Tensor, factor: number, bias: number) =>
    this.#wrap('scale_bias', this.#f.ggml_scale_bias(this.#c, a.pointer, factor, bias));

  // Reductions and repetition.
  sum = (a: Tensor) => this.#one('ggml_sum', a);
  /** [n0, n1, n2, n3] → [1, n1, n2, n3] */
  sumRows = (a: Tensor) => this.#one('ggml_sum_rows', a);
  /** [n0, n1, n2, n3] → [1, n1, n2, n3] */
  mean = (a: Tensor) => this.#one('ggml_mean', a);
  repeat = (a: Tensor, like: Tensor) => this.#two('ggml_repeat', a, like);
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

  // Rows. `rows`: i32 indices.
  /** a: [n, rows, B, …], rows: [r, B, …] → f32 [n, r, B, …] */
  getRows = (a: Tensor, rows: Tensor) => this.#two('ggml_get_rows', a, rows);
  /** Writes `source`'s rows into `target` at `rows` (i64 or i32); returns a view of the target. */
  setRows = (target: Tensor, source: Tensor, rows: Tensor) =>
    this.#three('ggml_set_rows', target, source, rows);

  /** a: [d, H, T, B]; positions: i32 [T] or one per row of extent 2; factors: f32 [d/2] or null. */
  rope = (a: Tensor, positions: Tensor, factors: Tensor | null, o: RopeOptions) =>
    this.#wrap(
      'rope_ext',
      this.#f.ggml_rope_ext(
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
