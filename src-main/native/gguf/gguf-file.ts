/**
 * Reads a GGUF file: metadata through ggml's own reader, tensor bytes straight from the file in pieces. It checks types before
 * every access, because ggml aborts the process on a wrong one.
 */
import { type FileHandle, open } from 'node:fs/promises';
import koffi from 'koffi';
import { AppError } from '../../common/app-error.ts';
import { type GgmlTypeName, ggmlType } from '../abi/ggml-h.ts';
import { ggufType } from '../abi/gguf-h.ts';
import { callAsync } from '../bind-functions.ts';
import type { Tensor } from '../ggml/tensor.ts';
import type { NativeFunctions } from '../native-functions.ts';
import type { NativeRuntime } from '../native-runtime.ts';

export type GgufValue = string | number | boolean | string[] | number[];

export type GgufTensorInfo = {
  name: string;
  type: GgmlTypeName;
  /** ggml's order, always four extents. */
  shape: readonly [number, number, number, number];
  fileOffset: number;
  byteLength: number;
};

const chunkBytes = 8 << 20;

export class GgufFile {
  readonly path: string;
  readonly #f: NativeFunctions;
  #pointer: bigint | null;

  private constructor(functions: NativeFunctions, path: string, pointer: bigint) {
    this.#f = functions;
    this.path = path;
    this.#pointer = pointer;
  }

  /** Reads the metadata; throws `model-invalid` with the library's own words, `model-missing` where there is no file. */
  static async create(runtime: NativeRuntime, path: string): Promise<GgufFile> {
    await open(path, 'r').then(
      (file) => file.close(),
      (cause) => {
        throw new AppError('model-missing', `The model file ${path} cannot be opened.`, { cause });
      },
    );
    const { result: pointer, lines } = await runtime.log.capture(() =>
      callAsync(runtime.functions.gguf_init_from_file, path, { no_alloc: true, ctx: null }),
    );
    if (pointer === null) {
      throw new AppError('model-invalid', `${path} is not a readable GGUF file. ${lines.join(' ')}`.trim());
    }
    return new GgufFile(runtime.functions, path, pointer);
  }

  keys(): string[] {
    const count = Number(this.#f.gguf_get_n_kv(this.#live));
    return Array.from({ length: count }, (_, index) => this.#f.gguf_get_key(this.#live, index) ?? '');
  }

  has(key: string): boolean {
    return Number(this.#f.gguf_find_key(this.#live, key)) >= 0;
  }

  /** Value of a key in JavaScript's own types; undefined where the key is absent. */
  value(key: string): GgufValue | undefined {
    const id = Number(this.#f.gguf_find_key(this.#live, key));
    if (id < 0) return undefined;
    const type = this.#f.gguf_get_kv_type(this.#live, id);
    return type === ggufType.array ? this.#array(id) : this.#scalar(id, type);
  }

  string(key: string): string | undefined {
    const value = this.value(key);
    return typeof value === 'string' ? value : undefined;
  }

  number(key: string): number | undefined {
    const value = this.value(key);
    return typeof value === 'number' ? value : undefined;
  }

  /** Undefined where the key is absent or no array of strings. */
  strings(key: string): string[] | undefined {
    const value = this.value(key);
    return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
  }

  /** Undefined where the key is absent or no array of numbers. */
  numbers(key: string): number[] | undefined {
    const value = this.value(key);
    return Array.isArray(value) && value.every((each) => typeof each === 'number') ? value : undefined;
  }

  requireNumber(key: string): number {
    const value = this.number(key);
    if (value === undefined) throw new AppError('model-invalid', `${this.path} has no number ${key}.`);
    return value;
  }

  tensors(): GgufTensorInfo[] {
    const count = Number(this.#f.gguf_get_n_tensors(this.#live));
    return Array.from({ length: count }, (_, index) => this.#tensorInfo(index));
  }

  /**
   * Copies the tensor's bytes from the file into an allocated tensor of the same type and size; tells whether all are zero.
   * `whole` writes them in one piece, as memory needs that rearranges a matrix.
   */
  async loadInto(
    info: GgufTensorInfo,
    target: Tensor,
    file: FileHandle,
    options: { whole?: boolean } = {},
  ): Promise<{ isZero: boolean }> {
    if (target.byteLength !== info.byteLength) {
      throw new AppError('model-invalid', `Tensor ${info.name} of ${this.path} has an unexpected size.`);
    }
    const pieceBytes = options.whole ? info.byteLength : Math.min(chunkBytes, info.byteLength);
    const buffer = Buffer.allocUnsafe(pieceBytes);
    let isZero = true;
    for (let done = 0; done < info.byteLength; done += pieceBytes) {
      const piece = buffer.subarray(0, Math.min(pieceBytes, info.byteLength - done));
      await this.#fill(piece, info, done, file);
      isZero &&= isAllZero(piece);
      target.write(piece, done);
    }
    return { isZero };
  }

  async #fill(piece: Buffer, info: GgufTensorInfo, start: number, file: FileHandle): Promise<void> {
    for (let done = 0; done < piece.byteLength; ) {
      const place = info.fileOffset + start + done;
      const { bytesRead } = await file.read(piece, done, piece.byteLength - done, place);
      if (bytesRead === 0)
        throw new AppError('model-invalid', `${this.path} ends inside tensor ${info.name}.`);
      done += bytesRead;
    }
  }

  dispose(): void {
    if (this.#pointer === null) return;
    this.#f.gguf_free(this.#pointer);
    this.#pointer = null;
  }

  get #live(): bigint {
    if (this.#pointer === null) throw new AppError('internal', `${this.path} was used after its disposal.`);
    return this.#pointer;
  }

  #tensorInfo(index: number): GgufTensorInfo {
    const f = this.#f;
    const name = f.gguf_get_tensor_name(this.#live, index) ?? '';
    const code = f.gguf_get_tensor_type(this.#live, index);
    const type = Object.entries(ggmlType).find(([, value]) => value === code)?.[0];
    if (type === undefined) {
      throw new AppError(
        'not-supported',
        `Tensor ${name} of ${this.path} has the type ${f.ggml_type_name(code)}.`,
      );
    }
    const extents = koffi.decode(f.gguf_get_tensor_ne(this.#live, index), 'int64_t', 4);
    return {
      name,
      type: type as GgmlTypeName,
      shape: Array.from(extents as ArrayLike<number | bigint>, Number) as unknown as GgufTensorInfo['shape'],
      fileOffset:
        Number(f.gguf_get_data_offset(this.#live)) + Number(f.gguf_get_tensor_offset(this.#live, index)),
      byteLength: Number(f.gguf_get_tensor_size(this.#live, index)),
    };
  }

  #scalar(id: number, type: number): GgufValue | undefined {
    const f = this.#f;
    const g = this.#live;
    switch (type) {
      case ggufType.u8:
        return f.gguf_get_val_u8(g, id);
      case ggufType.i8:
        return f.gguf_get_val_i8(g, id);
      case ggufType.u16:
        return f.gguf_get_val_u16(g, id);
      case ggufType.i16:
        return f.gguf_get_val_i16(g, id);
      case ggufType.u32:
        return f.gguf_get_val_u32(g, id);
      case ggufType.i32:
        return f.gguf_get_val_i32(g, id);
      case ggufType.u64:
        return Number(f.gguf_get_val_u64(g, id));
      case ggufType.i64:
        return Number(f.gguf_get_val_i64(g, id));
      case ggufType.f32:
        return f.gguf_get_val_f32(g, id);
      case ggufType.f64:
        return f.gguf_get_val_f64(g, id);
      case ggufType.bool:
        return f.gguf_get_val_bool(g, id);
      case ggufType.str:
        return f.gguf_get_val_str(g, id) ?? '';
      default:
        return undefined;
    }
  }

  #array(id: number): GgufValue | undefined {
    const f = this.#f;
    const count = Number(f.gguf_get_arr_n(this.#live, id));
    const type = f.gguf_get_arr_type(this.#live, id);
    if (type === ggufType.str) {
      return Array.from({ length: count }, (_, index) => f.gguf_get_arr_str(this.#live, id, index) ?? '');
    }
    const element = arrayElements[type];
    if (element === undefined) return undefined;
    if (count === 0) return [];
    const values = koffi.decode(f.gguf_get_arr_data(this.#live, id), element, count);
    return Array.from(values as ArrayLike<number | bigint>, Number);
  }
}

const arrayElements: Readonly<Record<number, string>> = {
  [ggufType.u8]: 'uint8_t',
  [ggufType.i8]: 'int8_t',
  [ggufType.u16]: 'uint16_t',
  [ggufType.i16]: 'int16_t',
  [ggufType.u32]: 'uint32_t',
  [ggufType.i32]: 'int32_t',
  [ggufType.f32]: 'float',
  [ggufType.bool]: 'int8_t',
  [ggufType.u64]: 'uint64_t',
  [ggufType.i64]: 'int64_t',
  [ggufType.f64]: 'double',
};

/** Compares the bytes with themselves moved by one, which ends at the first difference and needs no zeros to compare with. */
function isAllZero(bytes: Buffer): boolean {
  return bytes[0] === 0 && bytes.subarray(1).equals(bytes.subarray(0, -1));
}
