/**
 * Owner of tensor metadata: every tensor and graph is made in a context and dies with it. Contexts here never hold numbers
 * (`no_alloc`); those live in backend buffers.
 */
import { AppError } from '../../common/app-error.ts';
import { type GgmlTypeName, ggmlType } from '../abi/ggml-h.ts';
import type { NativeFunctions } from '../native-functions.ts';
import type { NativeRuntime } from '../native-runtime.ts';
import { Graph } from './graph.ts';
import { Tensor } from './tensor.ts';
import type { TensorOwner } from './tensor-owner.ts';

export type ContextOptions = {
  /** Upper bound of tensors, views included. */
  maxTensors: number;
  /** Upper bound of graph nodes of all graphs together; 0 for contexts that only hold weights. */
  maxNodes?: number;
  /** Reserve room for gradients of those nodes as well. */
  gradients?: boolean;
};

export class GgmlContext implements TensorOwner {
  readonly functions: NativeFunctions;
  #pointer: bigint | null;

  private constructor(functions: NativeFunctions, pointer: bigint) {
    this.functions = functions;
    this.#pointer = pointer;
  }

  /** Synchronous: a context is a few kilobytes and one is made per batch. */
  static create(runtime: NativeRuntime, options: ContextOptions): GgmlContext {
    const f = runtime.functions;
    const nodes = options.maxNodes ?? 0;
    const graphBytes =
      nodes > 0 ? Number(f.ggml_graph_overhead_custom(nodes, options.gradients ?? false)) : 0;
    const bytes = options.maxTensors * Number(f.ggml_tensor_overhead()) + graphBytes + 1024;
    const pointer = f.ggml_init({ mem_size: bytes, mem_buffer: null, no_alloc: true });
    if (pointer === null) throw new AppError('out-of-memory', `No memory for a graph of ${bytes} bytes.`);
    return new GgmlContext(f, pointer);
  }

  get pointer(): bigint {
    this.requireLive();
    return this.#pointer!;
  }

  requireLive(): void {
    if (this.#pointer === null) throw new AppError('internal', 'A ggml context was used after its disposal.');
  }

  /** New tensor without memory; extents in ggml's order, at most four. */
  newTensor(type: GgmlTypeName, ...extents: number[]): Tensor {
    const f = this.functions;
    const code = ggmlType[type];
    const [n0 = 1, n1 = 1, n2 = 1, n3 = 1] = extents;
    const pointer =
      extents.length <= 1
        ? f.ggml_new_tensor_1d(this.pointer, code, n0)
        : extents.length === 2
          ? f.ggml_new_tensor_2d(this.pointer, code, n0, n1)
          : extents.length === 3
            ? f.ggml_new_tensor_3d(this.pointer, code, n0, n1, n2)
            : f.ggml_new_tensor_4d(this.pointer, code, n0, n1, n2, n3);
    return new Tensor(this, pointer, `a new ${type} tensor`);
  }

  newGraph(maxNodes: number, gradients = false): Graph {
    const pointer = this.functions.ggml_new_graph_custom(this.pointer, maxNodes, gradients);
    if (pointer === null) throw new AppError('internal', 'ggml returned no graph.');
    return new Graph(this, pointer);
  }

  dispose(): void {
    if (this.#pointer === null) return;
    this.functions.ggml_free(this.#pointer);
    this.#pointer = null;
  }
}
