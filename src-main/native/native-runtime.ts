/**
 * One opened, checked set of llama.cpp's libraries: the root object of everything native. Creating it again gives the same one:
 * a process can open only one build of the libraries.
 *
 *   const runtime = await NativeRuntime.create({ variant: 'cpu' });
 *   runtime.functions.ggml_…      typed calls        runtime.devices()   what can compute
 *
 * It refuses to run with libraries of another release (`native-library-mismatch`) or without them (`native-library-missing`).
 */
import { dirname } from 'node:path';
import koffi, { type LibraryHandle } from 'koffi';
import { AppError } from '../common/app-error.ts';
import { expectedRelease } from './abi/expected-version.ts';
import { deviceTypes } from './abi/ggml-backend-h.ts';
import { checkAbi } from './abi-check.ts';
import { bindFunctions } from './bind-functions.ts';
import { type LibraryLocation, type LocateOptions, locateNativeLibraries } from './library-location.ts';
import { type NativeFunctions, nativeFunctionTable } from './native-functions.ts';
import { NativeLog } from './native-log.ts';

export type DeviceKind = (typeof deviceTypes)[number];

export type NativeDevice = {
  /** Handle for ggml_backend_dev_*; owned by ggml's registry, valid for the life of the process. */
  pointer: bigint;
  /** Short name, e.g. `CPU`, `CUDA0`, `Vulkan0`. */
  name: string;
  description: string;
  kind: DeviceKind;
  memoryFreeBytes: number;
  memoryTotalBytes: number;
};

export class NativeRuntime {
  readonly functions: NativeFunctions;
  readonly location: LibraryLocation;
  readonly log: NativeLog;

  readonly #handles: readonly LibraryHandle[];

  private constructor(
    functions: NativeFunctions,
    location: LibraryLocation,
    log: NativeLog,
    handles: readonly LibraryHandle[],
  ) {
    this.functions = functions;
    this.location = location;
    this.log = log;
    this.#handles = handles;
  }

  /**
   * Runtimes by folder. Not state of ours but a mirror of the process's own: what the system's loader has opened stays open, and
   * binding a few hundred functions anew for each caller would cost memory that koffi never gives back.
   */
  static readonly #opened = new Map<string, Promise<NativeRuntime>>();

  static async create(options: LocateOptions = {}): Promise<NativeRuntime> {
    const [loaded] = NativeRuntime.#opened.keys();
    const location = locateNativeLibraries(options, loaded);
    let opening = NativeRuntime.#opened.get(location.directory);
    if (opening === undefined) {
      opening = NativeRuntime.#open(location);
      NativeRuntime.#opened.set(location.directory, opening);
      opening.catch(() => NativeRuntime.#opened.delete(location.directory));
    }
    return opening;
  }

  static async #open(location: LibraryLocation): Promise<NativeRuntime> {
    reserveStacks();
    const libraries = Object.values(location.files).map((path) => ({ path, handle: openLibrary(path) }));
    const functions = bindFunctions(libraries, nativeFunctionTable);
    checkAbi(functions, location.files.llama);
    const log = new NativeLog(functions, libraries[0]!.handle.symbol('ggml_version'));
    loadBackends(functions, location);
    return new NativeRuntime(
      functions,
      location,
      log,
      libraries.map(({ handle }) => handle),
    );
  }

  /** Address of a function of ggml-base, for parameters that take a callback. */
  addressOf(name: string): bigint {
    return this.#handles[0]!.symbol(name);
  }

  /** Devices of the loaded backends, in ggml's order. */
  devices(): NativeDevice[] {
    const count = Number(this.functions.ggml_backend_dev_count());
    return Array.from({ length: count }, (_, index) => this.#describe(index));
  }

  /** The device of that name (`CUDA0`), else the first of that backend (`cuda`) or kind (`gpu`); undefined where there is none. */
  findDevice(wanted: string): NativeDevice | undefined {
    const name = wanted.toLowerCase() === 'metal' ? 'mtl' : wanted.toLowerCase();
    const devices = this.devices();
    return (
      devices.find((device) => device.name.toLowerCase() === name) ??
      devices.find((device) => device.name.toLowerCase().replace(/\d+$/, '') === name) ??
      devices.find((device) => device.kind === name)
    );
  }

  #describe(index: number): NativeDevice {
    const f = this.functions;
    const pointer = f.ggml_backend_dev_get(index)!;
    const free = new BigUint64Array(1);
    const total = new BigUint64Array(1);
    f.ggml_backend_dev_memory(pointer, free, total);
    return {
      pointer,
      name: f.ggml_backend_dev_name(pointer) ?? '',
      description: f.ggml_backend_dev_description(pointer) ?? '',
      kind: deviceTypes[f.ggml_backend_dev_type(pointer)] ?? 'accel',
      memoryFreeBytes: Number(free[0]),
      memoryTotalBytes: Number(total[0]),
    };
  }
}

/** llama.cpp's tokenisers and loaders recurse; koffi's default of 128 KiB for worker threads is too little for them. */
function reserveStacks(): void {
  const wanted = { sync_stack_size: 8 << 20, async_stack_size: 4 << 20 };
  const current = koffi.config();
  if (current.async_stack_size === wanted.async_stack_size) return;
  try {
    koffi.config({ ...current, ...wanted });
  } catch (cause) {
    throw new AppError(
      'internal',
      'koffi was already in use with small stacks before the native runtime started.',
      {
        cause,
      },
    );
  }
}

function openLibrary(path: string): LibraryHandle {
  try {
    return koffi.load(path);
  } catch (cause) {
    throw new AppError(
      'native-library-missing',
      `${path} (llama.cpp ${expectedRelease}) cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** The registry belongs to the process, so its own count says whether the backends are already there. */
function loadBackends(functions: NativeFunctions, location: LibraryLocation): void {
  if (functions.ggml_backend_reg_count() === 0) {
    functions.ggml_backend_load_all_from_path(location.directory);
    for (const directory of location.fallbackDirectories) {
      if (!hasBackend(functions, location.variant)) functions.ggml_backend_load_all_from_path(directory);
    }
    functions.llama_backend_init();
  }
  if (!hasBackend(functions, 'cpu')) {
    throw new AppError(
      'native-library-missing',
      `No CPU backend (ggml-cpu-*, llama.cpp ${expectedRelease}) could be loaded from ${dirname(location.files.ggml)}.`,
    );
  }
}

function hasBackend(functions: NativeFunctions, variant: string): boolean {
  const count = Number(functions.ggml_backend_reg_count());
  return Array.from({ length: count }, (_, index) =>
    functions.ggml_backend_reg_name(functions.ggml_backend_reg_get(index)),
  ).some((name) => name?.toLowerCase().startsWith(variant === 'metal' ? 'm' : variant));
}
