/**
 * One compute stream on one device. Work on it is serialised, disposal waits for the work that runs, and computing happens on a
 * worker thread, so that the event loop stays free.
 */
import { availableParallelism } from 'node:os';
import koffi from 'koffi';
import { AppError } from '../../common/app-error.ts';
import {
  extraBufferTypesSignature,
  setAbortCallbackSignature,
  setThreadsSignature,
} from '../abi/ggml-backend-h.ts';
import { ggmlStatus } from '../abi/ggml-h.ts';
import { AbortFlag } from '../abort-flag.ts';
import { callAsync, callPointer } from '../bind-functions.ts';
import type { NativeDevice, NativeRuntime } from '../native-runtime.ts';
import { BackendBuffer } from './backend-buffer.ts';
import type { GgmlContext } from './ggml-context.ts';
import type { Graph } from './graph.ts';

export type BackendOptions = { device: NativeDevice; threadCount?: number };

export class Backend {
  readonly runtime: NativeRuntime;
  readonly device: NativeDevice;
  #pointer: bigint | null;
  readonly #abortFlag: AbortFlag;
  #threadCount: number;
  #running: Promise<unknown> = Promise.resolve();

  private constructor(runtime: NativeRuntime, device: NativeDevice, pointer: bigint) {
    this.runtime = runtime;
    this.device = device;
    this.#pointer = pointer;
    this.#threadCount = 0;
    this.#abortFlag = AbortFlag.create(runtime);
    const setAbortCallback = this.#procedure('ggml_backend_set_abort_callback');
    if (setAbortCallback !== null) {
      const { callback, data } = this.#abortFlag;
      callPointer(setAbortCallback, setAbortCallbackSignature, pointer, callback, data);
    }
  }

  static async create(runtime: NativeRuntime, options: BackendOptions): Promise<Backend> {
    const { result: pointer, lines } = await runtime.log.capture(() =>
      callAsync(runtime.functions.ggml_backend_dev_init, options.device.pointer, null),
    );
    if (pointer === null) {
      throw new AppError(
        'not-supported',
        `Device ${options.device.name} (${options.device.description}) could not be started. ${lines.join(' ')}`,
      );
    }
    const backend = new Backend(runtime, options.device, pointer);
    backend.setThreadCount(options.threadCount ?? availableParallelism());
    return backend;
  }

  get pointer(): bigint {
    if (this.#pointer === null)
      throw new AppError('internal', `Backend ${this.device.name} was used after disposal.`);
    return this.#pointer;
  }

  /** Threads of a CPU device; 0 for devices that have no such setting. */
  get threadCount(): number {
    return this.#threadCount;
  }

  /** Takes effect with the next graph; no effect on devices without threads of ours. */
  setThreadCount(threadCount: number): void {
    const address = this.#procedure('ggml_backend_set_n_threads');
    if (address === null) return;
    callPointer(address, setThreadsSignature, this.pointer, threadCount);
    this.#threadCount = threadCount;
  }

  get bufferType(): bigint {
    return this.runtime.functions.ggml_backend_get_default_buffer_type(this.pointer)!;
  }

  /** Kinds of memory in which the device rearranges weights for faster products; a CPU's alone has some. */
  extraBufferTypes(): bigint[] {
    const address = this.#procedure('ggml_backend_dev_get_extra_bufts');
    if (address === null) return [];
    const list = callPointer(address, extraBufferTypesSignature, this.device.pointer) as bigint | null;
    if (list === null) return [];
    const types: bigint[] = [];
    for (let at = list; ; at += 8n) {
      const type = BigInt(koffi.decode(at, 'uintptr_t') as number | bigint);
      if (type === 0n) return types;
      types.push(type);
    }
  }

  /** Gives every tensor of `context` memory on this device; null when it holds none. */
  allocateContext(context: GgmlContext, bufferType = this.bufferType): BackendBuffer | null {
    const f = this.runtime.functions;
    if (f.ggml_get_first_tensor(context.pointer) === null) return null;
    const pointer = f.ggml_backend_alloc_ctx_tensors_from_buft(context.pointer, bufferType);
    if (pointer === null) {
      throw new AppError('out-of-memory', `Not enough memory on ${this.device.name} for the weights.`);
    }
    return new BackendBuffer(f, pointer);
  }

  /** The first node that this device cannot compute, null when it can compute them all. */
  firstUnsupportedNode(graph: Graph): string | null {
    const f = this.runtime.functions;
    for (let index = 0; index < graph.nodeCount; index += 1) {
      const node = graph.node(index);
      if (!f.ggml_backend_supports_op(this.pointer, node.pointer)) {
        return `${f.ggml_op_desc(node.pointer)} (${node.name})`;
      }
    }
    return null;
  }

  /**
   * Computes an allocated graph on a worker thread. Calls are served in order, one at a time. An aborted one ends after the operation
   * that runs (on the CPU; other devices finish the graph) and throws `signal.reason`.
   */
  compute(graph: Graph, signal?: AbortSignal): Promise<void> {
    return this.exclusively(() =>
      this.#abortFlag.guard(async () => {
        const f = this.runtime.functions;
        const status = await callAsync(f.ggml_backend_graph_compute, this.pointer, graph.pointer);
        checkStatus(f, status, this.device.name);
      }, signal),
    );
  }

  /** Queues `work` behind everything else on this backend. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#running.then(work);
    this.#running = result.catch(() => undefined);
    return result;
  }

  async dispose(): Promise<void> {
    await this.#running;
    if (this.#pointer === null) return;
    this.runtime.functions.ggml_backend_free(this.#pointer);
    this.#abortFlag.dispose();
    this.#pointer = null;
  }

  /** Optional functions of the device's backend, null where it has none of that name. */
  #procedure(name: string): bigint | null {
    const f = this.runtime.functions;
    const registry = f.ggml_backend_dev_backend_reg(this.device.pointer);
    return f.ggml_backend_reg_get_proc_address(registry, name);
  }
}

export function checkStatus(functions: NativeRuntime['functions'], status: number, deviceName: string): void {
  if (status === ggmlStatus.success) return;
  const code = status === ggmlStatus.allocFailed ? 'out-of-memory' : 'internal';
  throw new AppError(code, `Computing on ${deviceName} failed: ${functions.ggml_status_to_string(status)}.`);
}
