/**
 * A flag that native code can read while it computes on a thread of its own, where a JavaScript callback could not
 * answer in time. It is an empty ggml context: its `no_alloc` bit is the flag, and ggml's own getter for that bit
 * serves as the abort callback.
 */

import { GgmlContext } from './ggml/ggml-context.ts';
import type { NativeFunctions } from './native-functions.ts';
import type { NativeRuntime } from './native-runtime.ts';

export class AbortFlag {
  readonly #functions: NativeFunctions;
  readonly #context: GgmlContext;
  /** Address for `ggml_abort_callback` parameters: bool (*)(void * data). */
  readonly callback: bigint;

  private constructor(runtime: NativeRuntime, context: GgmlContext) {
    this.#functions = runtime.functions;
    this.#context = context;
    this.callback = runtime.addressOf('ggml_get_no_alloc');
  }

  static create(runtime: NativeRuntime): AbortFlag {
    const flag = new AbortFlag(runtime, GgmlContext.create(runtime, { maxTensors: 1 }));
    flag.#set(false);
    return flag;
  }

  /** The callback's `data`. */
  get data(): bigint {
    return this.#context.pointer;
  }

  /** Runs `compute` with the flag raised as soon as `signal` is aborted; then throws `signal.reason`. */
  async guard<T>(compute: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (signal === undefined) return compute();
    signal.throwIfAborted();
    const raise = () => this.#set(true);
    signal.addEventListener('abort', raise, { once: true });
    try {
      return await compute();
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      signal.removeEventListener('abort', raise);
      this.#set(false);
    }
  }

  dispose(): void {
    this.#context.dispose();
  }

  #set(raised: boolean): void {
    this.#functions.ggml_set_no_alloc(this.#context.pointer, raised);
  }
}
