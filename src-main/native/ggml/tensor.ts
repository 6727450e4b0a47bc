/**
 * A typed handle on one ggml tensor. The tensor's metadata belongs to its context and its numbers to a backend buffer; this
 * object owns neither, copies on every read and write, and stops working when the context is disposed.
 */
import koffi from 'koffi';
import { AppError } from '../../common/app-error.ts';
import { type GgmlTypeName, ggmlType, tensorLayout } from '../abi/ggml-h.ts';
import type { TensorOwner } from './tensor-owner.ts';

export type Shape = readonly [number, number, number, number];

const typeNames = new Map<number, GgmlTypeName>(
  Object.entries(ggmlType).map(([name, value]) => [value, name as GgmlTypeName]),
);

export class Tensor {
  readonly context: TensorOwner;
  readonly #pointer: bigint;
  #shape: Shape | null = null;

  constructor(context: TensorOwner, pointer: bigint | null, operation: string) {
    if (pointer === null) throw new AppError('internal', `ggml returned no tensor for ${operation}.`);
    this.context = context;
    this.#pointer = pointer;
  }

  /** Address of the struct; throws after the context's disposal. */
  get pointer(): bigint {
    this.context.requireLive();
    return this.#pointer;
  }

  /** Elements per dimension, ggml's order: the first is contiguous, absent ones are 1. */
  get shape(): Shape {
    this.#shape ??= this.#decode(tensorLayout.ne) as unknown as Shape;
    return this.#shape;
  }

  /** Bytes from one element to the next, per dimension. */
  get strides(): Shape {
    return this.#decode(tensorLayout.nb) as unknown as Shape;
  }

  get type(): GgmlTypeName {
    const code = koffi.decode(this.pointer, tensorLayout.type, 'int32_t') as number;
    const name = typeNames.get(code);
    if (name === undefined) throw new AppError('not-supported', `Tensor ${this.name} has ggml type ${code}.`);
    return name;
  }

  get elementCount(): number {
    return this.shape.reduce((product, extent) => product * extent, 1);
  }

  get byteLength(): number {
    return Number(this.context.functions.ggml_nbytes(this.pointer));
  }

  get name(): string {
    return this.context.functions.ggml_get_name(this.pointer) ?? '';
  }

  /** Sets the name that ggml's messages use (at most 63 bytes) and returns the tensor. */
  named(name: string): this {
    this.context.functions.ggml_set_name(this.pointer, name);
    return this;
  }

  markInput(): this {
    this.context.functions.ggml_set_input(this.pointer);
    return this;
  }

  /** Keeps the tensor's memory from being reused while the graph runs, so that it can be read afterwards. */
  markOutput(): this {
    this.context.functions.ggml_set_output(this.pointer);
    return this;
  }

  /** Whether the tensor has memory: inputs that no operation reads get none. */
  get isAllocated(): boolean {
    return Boolean(koffi.decode(this.pointer, tensorLayout.data, 'uintptr_t'));
  }

  /** Copies `data` into the allocated tensor at `offsetBytes`; refuses to write past its end. */
  write(data: ArrayBufferView, offsetBytes = 0): void {
    this.#checkRange(data.byteLength, offsetBytes);
    if (data.byteLength === 0) return;
    this.context.functions.ggml_backend_tensor_set(this.pointer, data, offsetBytes, data.byteLength);
  }

  /** Copies bytes of the allocated tensor into `target`. */
  readInto<T extends ArrayBufferView>(target: T, offsetBytes = 0): T {
    this.#checkRange(target.byteLength, offsetBytes);
    if (target.byteLength > 0) {
      this.context.functions.ggml_backend_tensor_get(this.pointer, target, offsetBytes, target.byteLength);
    }
    return target;
  }

  /** All elements of a contiguous F32 tensor. */
  readFloats(): Float32Array {
    if (this.type !== 'f32') throw new AppError('internal', `Tensor ${this.name} is ${this.type}, not f32.`);
    return this.readInto(new Float32Array(this.elementCount));
  }

  #checkRange(byteLength: number, offsetBytes: number): void {
    if (!this.isAllocated) throw new AppError('internal', `Tensor ${this.name} has no memory yet.`);
    if (offsetBytes < 0 || offsetBytes + byteLength > this.byteLength) {
      throw new AppError(
        'internal',
        `${byteLength} bytes at ${offsetBytes} do not fit tensor ${this.name} of ${this.byteLength} bytes.`,
      );
    }
  }

  #decode(offset: number): number[] {
    return Array.from(koffi.decode(this.pointer, offset, 'int64_t', 4) as ArrayLike<number | bigint>, Number);
  }
}
