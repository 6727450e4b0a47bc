/**
 * Wᵀ of every linear map, which a backward by matrix products needs: ggml cannot multiply by the transpose of a quantised
 * matrix. Made once at load, on the device, in a type as small as the original's; its size is part of a plan's memory.
 */
import type { GgmlTypeName } from '../../native/abi/ggml-h.ts';
import type { Backend } from '../../native/backend.ts';
import type { BackendBuffer } from '../../native/backend-buffer.ts';
import { GgmlContext } from '../../native/ggml-context.ts';
import { GraphExecutor } from '../../native/graph-executor.ts';
import type { Tensor } from '../../native/tensor.ts';
import { TensorOps } from '../../native/tensor-ops.ts';

const quantisedBlock = 32;

export class TransposedWeights {
  readonly #context: GgmlContext;
  readonly #buffer: BackendBuffer | null;
  readonly #byName: ReadonlyMap<string, Tensor>;

  private constructor(
    context: GgmlContext,
    buffer: BackendBuffer | null,
    byName: ReadonlyMap<string, Tensor>,
  ) {
    this.#context = context;
    this.#buffer = buffer;
    this.#byName = byName;
  }

  static async create(backend: Backend, weights: ReadonlyMap<string, Tensor>): Promise<TransposedWeights> {
    const context = GgmlContext.create(backend.runtime, { maxTensors: weights.size + 1 });
    const byName = new Map<string, Tensor>();
    for (const [name, weight] of weights) {
      const [columns, rows] = weight.shape;
      byName.set(
        name,
        context.newTensor(transposedType(weight.type, rows), rows, columns).named(`${name}.transposed`),
      );
    }
    const buffer = backend.allocateContext(context)?.markWeights() ?? null;
    for (const [name, weight] of weights) await transposeInto(backend, weight, byName.get(name) as Tensor);
    return new TransposedWeights(context, buffer, byName);
  }

  get(name: string): Tensor {
    return this.#byName.get(name) as Tensor;
  }

  get byteLength(): number {
    return this.#buffer?.byteLength ?? 0;
  }

  dispose(): void {
    this.#buffer?.dispose();
    this.#context.dispose();
  }
}

/** Types with less than half precision become Q8_0, whose error is far below theirs; rows that do not fill its blocks, F16. */
export function transposedType(type: GgmlTypeName, rows: number): GgmlTypeName {
  if (type === 'f32' || type === 'f16' || type === 'bf16') return type;
  return rows % quantisedBlock === 0 ? 'q8_0' : 'f16';
}

async function transposeInto(backend: Backend, weight: Tensor, target: Tensor): Promise<void> {
  const context = GgmlContext.create(backend.runtime, { maxTensors: 16, maxNodes: 16 });
  const executor = GraphExecutor.create(backend);
  try {
    const ops = new TensorOps(context);
    const rows = context.newTensor('i32', weight.shape[1]).markInput();
    // get_rows is the one operation that turns every weight type into F32 on every device.
    const copied = ops.copy(ops.cont(ops.transpose(ops.getRows(weight, rows))), target);
    const graph = context.newGraph(16);
    graph.expand(copied);
    executor.allocate(graph);
    rows.write(Int32Array.from({ length: weight.shape[1] }, (_, index) => index));
    await executor.compute(graph);
  } finally {
    executor.dispose();
    context.dispose();
  }
}
