/** Memory on one device that holds the numbers of a whole context (weights, LoRA matrices, optimiser moments). */
import { bufferUsage } from '../abi/ggml-backend-h.ts';
import type { NativeFunctions } from '../native-functions.ts';

export class BackendBuffer {
  readonly #functions: NativeFunctions;
  #pointer: bigint | null;

  constructor(functions: NativeFunctions, pointer: bigint) {
    this.#functions = functions;
    this.#pointer = pointer;
  }

  get byteLength(): number {
    return this.#pointer === null ? 0 : Number(this.#functions.ggml_backend_buffer_get_size(this.#pointer));
  }

  /** Tells the scheduler that operations should move to these numbers and not the other way round. */
  markWeights(): this {
    if (this.#pointer !== null) {
      this.#functions.ggml_backend_buffer_set_usage(this.#pointer, bufferUsage.weights);
    }
    return this;
  }

  /** Sets every byte. */
  fill(value: number): void {
    if (this.#pointer !== null) this.#functions.ggml_backend_buffer_clear(this.#pointer, value);
  }

  /** Frees the memory; tensors that lie in it must not be used afterwards. */
  dispose(): void {
    if (this.#pointer === null) return;
    this.#functions.ggml_backend_buffer_free(this.#pointer);
    this.#pointer = null;
  }
}
