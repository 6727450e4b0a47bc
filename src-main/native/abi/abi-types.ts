/**
 * The small vocabulary in which the ABI files describe C structs and functions, and its meaning in TypeScript.
 * It knows no library: `bind-functions.ts` turns these descriptions into calls.
 */

/** Address in native memory; null stands for NULL. Never dereferenced outside this folder. */
export type NativePointer = bigint;

/** What may be passed where C expects a data pointer: an address, or memory of ours for the length of the call. */
export type DataArgument = NativePointer | ArrayBufferView | null;

type TokenTypes = {
  void: undefined;
  bool: boolean;
  i8: number;
  u8: number;
  i16: number;
  u16: number;
  i32: number;
  u32: number;
  i64: number | bigint;
  u64: number | bigint;
  size: number | bigint;
  f32: number;
  f64: number;
  /** NUL-terminated UTF-8, copied. */
  str: string | null;
  /** Opaque handle. */
  ptr: NativePointer | null;
  /** Data pointer: an address or a typed array. */
  data: DataArgument;
};

export type TypeToken = keyof TokenTypes;

/** A C struct passed or returned by value: field names and types in the header's order. */
export type StructLayout = {
  readonly structName: string;
  readonly fields: Readonly<Record<string, TypeToken>>;
};

export type TypeSpec = TypeToken | StructLayout;

/** First the result, then the arguments. */
export type Signature = readonly [result: TypeSpec, ...args: TypeSpec[]];

export type FunctionTable = Readonly<Record<string, Signature>>;

export type StructValue<L extends StructLayout> = {
  -readonly [K in keyof L['fields']]: TokenTypes[L['fields'][K]];
};

type ValueOf<T extends TypeSpec> = T extends TypeToken
  ? TokenTypes[T]
  : T extends StructLayout
    ? StructValue<T>
    : never;

type ArgumentsOf<S extends Signature> = S extends readonly [TypeSpec, ...infer A extends readonly TypeSpec[]]
  ? { -readonly [I in keyof A]: ValueOf<A[I]> }
  : never;

export type BoundFunction<S extends Signature> = (...args: ArgumentsOf<S>) => ValueOf<S[0]>;

export type BoundFunctions<T extends FunctionTable> = { readonly [K in keyof T]: BoundFunction<T[K]> };

export const pointerBytes = 8;
