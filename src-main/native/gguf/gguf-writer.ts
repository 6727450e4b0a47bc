/**
 * Writes GGUF files (LoRA adapters, generated test models) with ggml's own writer, so that stock llama.cpp tools read them.
 * Everything is held in memory until `write`; files of many gigabytes are not its business.
 */
import { rename, rm } from 'node:fs/promises';
import koffi from 'koffi';
import { AppError } from '../../common/app-error.ts';
import { type GgmlTypeName, ggmlType } from '../abi/ggml-h.ts';
import { ggufType } from '../abi/gguf-h.ts';
import { callAsync } from '../bind-functions.ts';
import { GgmlContext } from '../ggml/ggml-context.ts';
import type { NativeRuntime } from '../native-runtime.ts';

export class GgufWriter {
  readonly #runtime: NativeRuntime;
  readonly #context: GgmlContext;
  /** Keeps tensor data alive until it is written: ggml only remembers addresses. */
  readonly #allocations: bigint[] = [];
  #pointer: bigint | null;

  private constructor(runtime: NativeRuntime, context: GgmlContext, pointer: bigint) {
    this.#runtime = runtime;
    this.#context = context;
    this.#pointer = pointer;
  }

  static create(runtime: NativeRuntime, maxTensors: number): GgufWriter {
    const pointer = runtime.functions.gguf_init_empty();
    if (pointer === null) throw new AppError('out-of-memory', 'No memory for a GGUF file.');
    return new GgufWriter(runtime, GgmlContext.create(runtime, { maxTensors }), pointer);
  }

  setString(key: string, value: string): this {
    this.#runtime.functions.gguf_set_val_str(this.#live, key, value);
    return this;
  }

  setUint32(key: string, value: number): this {
    this.#runtime.functions.gguf_set_val_u32(this.#live, key, value);
    return this;
  }

  setFloat32(key: string, value: number): this {
    this.#runtime.functions.gguf_set_val_f32(this.#live, key, value);
    return this;
  }

  setBool(key: string, value: boolean): this {
    this.#runtime.functions.gguf_set_val_bool(this.#live, key, value);
    return this;
  }

  setStrings(key: string, values: readonly string[]): this {
    const strings = values.map((value) => Buffer.from(`${value}\0`, 'utf8'));
    const bytes = Buffer.concat(strings);
    const memory = this.#allocate(bytes);
    let offset = 0n;
    const addresses = new BigUint64Array(
      strings.map((text) => {
        const address = memory + offset;
        offset += BigInt(text.byteLength);
        return address;
      }),
    );
    this.#runtime.functions.gguf_set_arr_str(this.#live, key, addresses, values.length);
    return this;
  }

  setFloat32Array(key: string, values: Float32Array): this {
    this.#runtime.functions.gguf_set_arr_data(this.#live, key, ggufType.f32, values, values.length);
    return this;
  }

  setInt8Array(key: string, values: Int8Array): this {
    this.#runtime.functions.gguf_set_arr_data(this.#live, key, ggufType.i8, values, values.length);
    return this;
  }

  setInt32Array(key: string, values: Int32Array): this {
    this.#runtime.functions.gguf_set_arr_data(this.#live, key, ggufType.i32, values, values.length);
    return this;
  }

  /**
   * Adds a tensor from F32 numbers, converted to `type` by ggml's quantiser. `extents` in ggml's order; the first must be a
   * multiple of the type's block (32 for q8_0).
   */
  addTensor(name: string, type: GgmlTypeName, extents: readonly number[], values: Float32Array): this {
    const count = extents.reduce((product, extent) => product * extent, 1);
    if (values.length !== count) {
      throw new AppError('internal', `${values.length} numbers given for tensor ${name} of ${count}.`);
    }
    const f = this.#runtime.functions;
    const tensor = this.#context.newTensor(type, ...extents).named(name);
    const bytes = type === 'f32' ? values : new Uint8Array(tensor.byteLength);
    if (type !== 'f32') {
      const rowLength = extents[0] ?? 1;
      f.ggml_quantize_chunk(ggmlType[type], values, bytes, 0, count / rowLength, rowLength, null);
    }
    f.gguf_add_tensor(this.#live, tensor.pointer);
    f.gguf_set_tensor_data(this.#live, name, this.#allocate(bytes));
    return this;
  }

  /** Writes beside the target and renames, so that a broken run leaves no half file. */
  async write(path: string): Promise<void> {
    const temporary = `${path}.${process.pid}.partial`;
    const written = await callAsync(
      this.#runtime.functions.gguf_write_to_file,
      this.#live,
      temporary,
      false as boolean,
    );
    if (!written) {
      await rm(temporary, { force: true });
      throw new AppError('path-not-readable', `The file ${path} could not be written.`);
    }
    await rename(temporary, path);
  }

  dispose(): void {
    if (this.#pointer === null) return;
    this.#runtime.functions.gguf_free(this.#pointer);
    this.#context.dispose();
    for (const address of this.#allocations) koffi.free(address);
    this.#allocations.length = 0;
    this.#pointer = null;
  }

  get #live(): bigint {
    if (this.#pointer === null) throw new AppError('internal', 'A GGUF writer was used after its disposal.');
    return this.#pointer;
  }

  #allocate(data: ArrayBufferView): bigint {
    const address = koffi.alloc('uint8_t', Math.max(1, data.byteLength)) as bigint;
    this.#allocations.push(address);
    koffi.encode(
      address,
      'uint8_t',
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      data.byteLength,
    );
    return address;
  }
}
