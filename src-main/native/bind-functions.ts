/**
 * Turns the ABI tables into typed calls through koffi. A symbol that no opened library exports is a mismatch, told by name;
 * everything else about safety (lifetimes, threads) is the callers' part.
 */
import koffi, { type LibraryHandle, type TypeObject } from 'koffi';
import { AppError } from '../common/app-error.ts';
import type {
  BoundFunctions,
  FunctionTable,
  Signature,
  StructLayout,
  TypeSpec,
  TypeToken,
} from './abi/abi-types.ts';
import { expectedRelease } from './abi/expected-version.ts';

const koffiTypes: Readonly<Record<TypeToken, string>> = {
  void: 'void',
  bool: 'bool',
  i8: 'int8_t',
  u8: 'uint8_t',
  i16: 'int16_t',
  u16: 'uint16_t',
  i32: 'int32_t',
  u32: 'uint32_t',
  i64: 'int64_t',
  u64: 'uint64_t',
  size: 'size_t',
  f32: 'float',
  f64: 'double',
  str: 'str',
  ptr: 'void *',
  data: 'void *',
};

/** Binds every entry of `table` to the first of `libraries` that exports it. */
export function bindFunctions<T extends FunctionTable>(
  libraries: readonly { path: string; handle: LibraryHandle }[],
  table: T,
): BoundFunctions<T> {
  const structs = new Map<StructLayout, TypeObject>();
  const toKoffi = (spec: TypeSpec) => koffiType(spec, structs);
  const bound: Record<string, unknown> = {};
  for (const [name, [result, ...args]] of Object.entries<Signature>(table)) {
    const library = libraries.find(({ handle }) => exportsSymbol(handle, name));
    if (library === undefined) {
      throw new AppError(
        'native-library-mismatch',
        `None of ${libraries.map(({ path }) => path).join(', ')} exports ${name}; llama.cpp ${expectedRelease} does.`,
      );
    }
    bound[name] = library.handle.func(name, toKoffi(result), args.map(toKoffi));
  }
  return bound as BoundFunctions<T>;
}

/** Runs a bound function on one of koffi's worker threads, so that the event loop stays free. */
export function callAsync<A extends unknown[], R>(bound: (...args: A) => R, ...args: A): Promise<R> {
  const withAsync = bound as unknown as {
    async: (...args: [...A, (error: unknown, result: R) => void]) => void;
  };
  return new Promise((resolve, reject) => {
    withAsync.async(...args, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

/** Calls a function known only by its address. */
export function callPointer(address: bigint, [result, ...args]: Signature, ...values: unknown[]): unknown {
  const structs = new Map<StructLayout, TypeObject>();
  const prototype = koffi.proto(
    koffiType(result, structs),
    args.map((spec) => koffiType(spec, structs)),
  );
  return koffi.call(address, prototype, ...values);
}

/** Structs stay anonymous: koffi's type names are global to the process, runtimes are not. */
function koffiType(spec: TypeSpec, structs: Map<StructLayout, TypeObject>): TypeObject {
  if (typeof spec === 'string') return koffi.type(koffiTypes[spec]);
  let type = structs.get(spec);
  if (type === undefined) {
    const fields = Object.entries(spec.fields).map(([name, token]) => [name, koffiTypes[token]]);
    type = koffi.struct(Object.fromEntries(fields));
    structs.set(spec, type);
  }
  return type;
}

function exportsSymbol(handle: LibraryHandle, name: string): boolean {
  try {
    return handle.symbol(name) !== null;
  } catch {
    // koffi reports an absent symbol by throwing.
    return false;
  }
}
