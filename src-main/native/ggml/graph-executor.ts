/**
 * Gives graphs memory and runs them. With one backend it uses ggml's graph allocator; where the device lacks an operation it uses
 * ggml's scheduler over device and CPU. The memory is kept and reused from graph to graph, so one graph is live at a time.
 */
import { AppError } from '../../common/app-error.ts';
import { callAsync } from '../bind-functions.ts';
import type { NativeFunctions } from '../native-functions.ts';
import { type Backend, checkStatus } from './backend.ts';
import type { Graph } from './graph.ts';

export type ExecutorOptions = {
  /** Takes the operations that `backend` lacks; without it such graphs are refused. */
  fallback?: Backend;
  /** Upper bound of nodes of one graph; only the scheduler needs it. */
  maxNodes?: number;
};

export class GraphExecutor {
  readonly backend: Backend;
  readonly #functions: NativeFunctions;
  #allocator: bigint | null;
  #scheduler: bigint | null;

  private constructor(backend: Backend, allocator: bigint | null, scheduler: bigint | null) {
    this.backend = backend;
    this.#functions = backend.runtime.functions;
    this.#allocator = allocator;
    this.#scheduler = scheduler;
  }

  static create(backend: Backend, options: ExecutorOptions = {}): GraphExecutor {
    const f = backend.runtime.functions;
    if (options.fallback === undefined) {
      const allocator = f.ggml_gallocr_new(backend.bufferType);
      return new GraphExecutor(backend, required(allocator, backend), null);
    }
    const backends = new BigUint64Array([backend.pointer, options.fallback.pointer]);
    const scheduler = f.ggml_backend_sched_new(backends, null, 2, options.maxNodes ?? 4096, false, true);
    return new GraphExecutor(backend, null, required(scheduler, backend));
  }

  /** Reserves memory for all tensors of `graph`; inputs may be written afterwards. Invalidates the previous graph. */
  allocate(graph: Graph): void {
    const f = this.#functions;
    if (this.#scheduler !== null) {
      f.ggml_backend_sched_reset(this.#scheduler);
      if (!f.ggml_backend_sched_alloc_graph(this.#scheduler, graph.pointer)) throw this.#outOfMemory(graph);
      return;
    }
    if (this.#allocator === null)
      throw new AppError('internal', 'A graph executor was used after its disposal.');
    if (!f.ggml_gallocr_alloc_graph(this.#allocator, graph.pointer)) throw this.#outOfMemory(graph);
  }

  /** Computes the graph allocated last, on a worker thread. */
  async compute(graph: Graph, signal?: AbortSignal): Promise<void> {
    const scheduler = this.#scheduler;
    if (scheduler === null) return this.backend.compute(graph, signal);
    await this.backend.exclusively(async () => {
      const f = this.#functions;
      checkStatus(
        f,
        await callAsync(f.ggml_backend_sched_graph_compute, scheduler, graph.pointer),
        this.backend.device.name,
      );
    });
  }

  /** Bytes now reserved for activations; 0 under the scheduler, which does not tell. */
  get reservedBytes(): number {
    return this.#allocator === null
      ? 0
      : Number(this.#functions.ggml_gallocr_get_buffer_size(this.#allocator, 0));
  }

  /** Call only when no `compute` is pending. */
  dispose(): void {
    if (this.#allocator !== null) this.#functions.ggml_gallocr_free(this.#allocator);
    if (this.#scheduler !== null) this.#functions.ggml_backend_sched_free(this.#scheduler);
    this.#allocator = null;
    this.#scheduler = null;
  }

  #outOfMemory(graph: Graph): AppError {
    return new AppError(
      'out-of-memory',
      `Not enough memory on ${this.backend.device.name} for a graph of ${graph.nodeCount} nodes.`,
    );
  }
}

function required(pointer: bigint | null, backend: Backend): bigint {
  if (pointer === null) throw new AppError('out-of-memory', `No graph allocator on ${backend.device.name}.`);
  return pointer;
}
