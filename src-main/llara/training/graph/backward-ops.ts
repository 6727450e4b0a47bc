/**
 * The backward of each operation of the graphs, written with matrix products and forward operations: `out_prod`, which
 * ggml's autograd leans on, is slow for large matrices and absent on some devices. Shapes are in ggml's order; n is a number of
 * columns.
 */
import type { Tensor } from '../../../native/ggml/tensor.ts';
import type { RopeOptions, TensorOps } from '../../../native/ggml/tensor-ops.ts';
import { buildGelu, type Linear, type LinearActivations, tanhSlope } from '../../graph/blocks.ts';

/** The pair of one weight: a [in, rank], b [rank, out]; gradients [in, rank] and, transposed, [out, rank] are added to. */
export type TrainablePair = { a: Tensor; b: Tensor; aGradient: Tensor; bGradient: Tensor; scale: number };

/** What of ggml a device is asked for beside matrix products and forward operations. */
export type BackwardSupport = {
  /** ggml's own *_back operations. */
  native: boolean;
  /** `out_prod`, for the small gradients of LoRA pairs: without it both sides are transposed for a matrix product. */
  outerProducts: boolean;
};

export const fullSupport: BackwardSupport = { native: true, outerProducts: true };

/** What the backward of y = W x + scale · B (A x) needs beside x: Wᵀ as [out, in], and the pair where W has one. */
export type TrainableLinear = { transposed: Tensor; pair: TrainablePair | null };

/** Finds it for each linear map of a graph. */
export type Trainable = (linear: Linear) => TrainableLinear;

export class BackwardOps {
  readonly ops: TensorOps;
  /** Results to compute although nothing reads them: sums into gradients. */
  readonly sinks: Tensor[] = [];
  readonly #native: boolean;
  readonly #outerProducts: boolean;
  readonly #transposes = new Map<Tensor, Tensor>();

  constructor(ops: TensorOps, support: BackwardSupport) {
    this.ops = ops;
    this.#native = support.native;
    this.#outerProducts = support.outerProducts;
  }

  /**
   * dx = Wᵀ dy + s Aᵀ (Bᵀ dy), dA = s (Bᵀ dy) xᵀ, dB = s dy (A x)ᵀ. dy: [out, n] → [in, n], null without `needsInput`.
   * `forward.loraHidden` is s A x.
   */
  linear(
    weight: TrainableLinear,
    forward: LinearActivations,
    dy: Tensor,
    needsInput: boolean,
  ): Tensor | null {
    const { ops } = this;
    let dx = needsInput ? ops.mulMat(weight.transposed, dy) : null;
    if (weight.pair && forward.loraHidden) {
      const { a, b, aGradient, bGradient, scale } = weight.pair;
      const hidden = ops.scale(ops.mulMat(this.transpose(b), dy), scale);
      this.#addGradient(bGradient, this.#overColumns(dy, forward.loraHidden));
      this.#addGradient(aGradient, this.#overColumns(forward.input, hidden));
      if (dx) dx = ops.add(dx, ops.mulMat(this.transpose(a), hidden));
    }
    return dx;
  }

  /** y = x / rms(x) · w. With g = dy · w and n = x / rms(x): dx = (g − n · mean(g n)) / rms(x). */
  rmsNorm(weight: Tensor, x: Tensor, dy: Tensor, epsilon: number): Tensor {
    const { ops } = this;
    const g = ops.mul(dy, weight);
    if (this.#native) return ops.rmsNormBack(g, x, epsilon);
    const normalised = ops.rmsNorm(x, epsilon);
    const along = ops.mul(normalised, ops.mean(ops.mul(g, normalised)));
    return ops.div(ops.sub(g, along), ops.sqrt(ops.scaleBias(ops.mean(ops.sqr(x)), 1, epsilon)));
  }

  /** y = (x − mean(x)) / σ(x) · w + b, the RMS norm of what is left of x without its mean. */
  layerNorm(weight: Tensor, x: Tensor, dy: Tensor, epsilon: number): Tensor {
    return this.#centred(this.rmsNorm(weight, this.#centred(x), dy, epsilon));
  }

  /** y = softmax(scale · x + mask): dx = scale · y (dy − Σ y dy). */
  softMax(y: Tensor, dy: Tensor, scale: number): Tensor {
    const { ops } = this;
    if (this.#native) return ops.softMaxExtBack(dy, y, scale);
    const weighted = ops.mul(y, dy);
    return ops.scale(ops.sub(weighted, ops.mul(y, ops.sumRows(weighted))), scale);
  }

  /** y = silu(gate) · up, where up may be one column for all. silu'(g) = σ(g) (1 + g (1 − σ(g))). */
  swiglu(gate: Tensor, up: Tensor, dy: Tensor): { gate: Tensor; up: Tensor } {
    const { ops } = this;
    const ofUp = ops.swiglu(gate, dy);
    const passed = ops.mul(dy, up);
    if (this.#native) return { gate: ops.siluBack(passed, gate), up: ofUp };
    const sigmoid = ops.sigmoid(gate);
    const slope = ops.mul(sigmoid, ops.scaleBias(ops.mul(gate, ops.scaleBias(sigmoid, -1, 1)), 1, 1));
    return { gate: ops.mul(passed, slope), up: ofUp };
  }

  /** y = gelu(x) = x σ(z) with z = x t (see `buildGelu`): dx = dy (σ + y (1 − σ) z'), z' = √(8/π) (1 + 3 · 0.044715 x²). */
  gelu(x: Tensor, y: Tensor, dy: Tensor): Tensor {
    const { ops } = this;
    const square = ops.sqr(x);
    const sigmoid = ops.sigmoid(ops.mul(x, tanhSlope(ops, square, 1)));
    const bent = ops.mul(ops.mul(y, ops.scaleBias(sigmoid, -1, 1)), tanhSlope(ops, square, 3));
    return ops.mul(dy, ops.add(sigmoid, bent));
  }

  /** y = gelu(gate) · up. */
  geglu(gate: Tensor, up: Tensor, dy: Tensor): { gate: Tensor; up: Tensor } {
    const { ops } = this;
    const bent = buildGelu(ops, gate, 'composed');
    return { gate: this.gelu(gate, bent, ops.mul(dy, up)), up: ops.mul(bent, dy) };
  }

  /** A rotation's gradient is the opposite rotation; `opposite` holds the negated positions. */
  rope(dy: Tensor, opposite: Tensor, factors: Tensor | null, options: RopeOptions): Tensor {
    return this.ops.rope(dy, opposite, factors, options);
  }

  /** y = x[rows], each row taken once: dx is dy at those rows of a tensor shaped as `like`, 0 elsewhere. */
  scatterRows(dy: Tensor, rows: Tensor, like: Tensor): Tensor {
    return this.ops.setRows(this.ops.scale(like, 0), dy, rows);
  }

  /** Contiguous transpose of the first two extents; asked for twice, made once. */
  transpose(x: Tensor): Tensor {
    let made = this.#transposes.get(x);
    if (!made) {
      made = this.ops.cont(this.ops.transpose(x));
      this.#transposes.set(x, made);
    }
    return made;
  }

  #centred(x: Tensor): Tensor {
    return this.ops.sub(x, this.ops.mean(x));
  }

  /** Σ over columns: x [k, n], y [rank, n] → [k, rank]. */
  #overColumns(x: Tensor, y: Tensor): Tensor {
    if (this.#outerProducts) return this.ops.outProd(x, y);
    return this.ops.mulMat(this.transpose(x), this.transpose(y));
  }

  #addGradient(gradient: Tensor, value: Tensor): void {
    this.sinks.push(this.ops.copy(this.ops.add(gradient, value), gradient));
  }
}
