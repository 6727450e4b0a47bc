/**
 * The two products that queries have with a bank of passages, computed natively on the lanes of a training run: every query with every
 * passage, and sums of passages as each query weighs them. In plain arrays they took a third as long as the training itself.
 */
import type { Backend } from '../../../native/ggml/backend.ts';
import type { BackendBuffer } from '../../../native/ggml/backend-buffer.ts';
import { GgmlContext } from '../../../native/ggml/ggml-context.ts';
import { GraphExecutor } from '../../../native/ggml/graph-executor.ts';
import type { Tensor } from '../../../native/ggml/tensor.ts';
import { TensorOps } from '../../../native/ggml/tensor-ops.ts';

/** ggml's fast products on CPUs ask for extents that are multiples of it; passages of zeros fill up. */
const passageMultiple = 32;

export class BankProducts {
  readonly width: number;
  readonly passageCount: number;
  readonly #paddedCount: number;
  /** [E, passages] and its transpose. */
  readonly #passages: Tensor;
  readonly #transposed: Tensor;
  readonly #context: GgmlContext;
  readonly #buffer: BackendBuffer;
  /** One per lane; lanes share the passages. */
  readonly #executors: readonly GraphExecutor[];

  /** `vectors`: all of one length, at least one. The lanes stay the caller's. */
  constructor(lanes: readonly Backend[], vectors: readonly Float32Array[]) {
    const backend = lanes[0] as Backend;
    this.width = vectors[0]?.length ?? 0;
    this.passageCount = vectors.length;
    this.#paddedCount = Math.ceil(vectors.length / passageMultiple) * passageMultiple;
    this.#context = GgmlContext.create(backend.runtime, { maxTensors: 2 });
    this.#passages = this.#context.newTensor('f32', this.width, this.#paddedCount);
    this.#transposed = this.#context.newTensor('f32', this.#paddedCount, this.width);
    this.#buffer = backend.allocateContext(this.#context) as BackendBuffer;
    const rows = new Float32Array(this.width * this.#paddedCount);
    const columns = new Float32Array(rows.length);
    vectors.forEach((vector, passage) => {
      rows.set(vector, passage * this.width);
      for (let i = 0; i < this.width; i++) columns[i * this.#paddedCount + passage] = vector[i]!;
    });
    this.#passages.write(rows);
    this.#transposed.write(columns);
    this.#executors = lanes.map((lane) => GraphExecutor.create(lane));
  }

  /** q · v with every passage, for each query. */
  async scores(queries: readonly Float32Array[]): Promise<Float32Array[]> {
    const products = await this.#multiply(this.#passages, queries, this.width);
    return products.map((row) => row.subarray(0, this.passageCount));
  }

  /** Σ weight · v over the passages, for each row of weights. */
  async sums(weights: readonly Float32Array[]): Promise<Float32Array[]> {
    return await this.#multiply(this.#transposed, weights, this.#paddedCount);
  }

  /** Call only when nothing is being computed. */
  dispose(): void {
    for (const executor of this.#executors) executor.dispose();
    this.#buffer.dispose();
    this.#context.dispose();
  }

  /** `factor` [inputs, outputs] with rows of at most `inputs` numbers: rows of `outputs` numbers. Lane by lane, in order. */
  async #multiply(factor: Tensor, rows: readonly Float32Array[], inputs: number): Promise<Float32Array[]> {
    const share = Math.ceil(rows.length / this.#executors.length);
    const parts = await Promise.all(
      this.#executors.map((executor, lane) =>
        multiplyRows(executor, factor, rows.slice(lane * share, (lane + 1) * share), inputs),
      ),
    );
    return parts.flat();
  }
}

async function multiplyRows(
  executor: GraphExecutor,
  factor: Tensor,
  rows: readonly Float32Array[],
  inputs: number,
): Promise<Float32Array[]> {
  if (rows.length === 0) return [];
  const context = GgmlContext.create(executor.backend.runtime, { maxTensors: 4, maxNodes: 4 });
  try {
    const given = context.newTensor('f32', inputs, rows.length).markInput();
    const product = new TensorOps(context).mulMat(factor, given).markOutput();
    const graph = context.newGraph(4);
    graph.expand(product);
    executor.allocate(graph);
    const packed = new Float32Array(inputs * rows.length);
    rows.forEach((row, index) => {
      packed.set(row, index * inputs);
    });
    given.write(packed);
    await executor.compute(graph);
    const values = product.readFloats();
    const outputs = factor.shape[1];
    return rows.map((_, index) => values.subarray(index * outputs, (index + 1) * outputs));
  } finally {
    context.dispose();
  }
}
