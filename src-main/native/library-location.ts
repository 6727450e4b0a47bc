/**
 * Finds the folder of llama.cpp's shared libraries that node-llama-cpp brought along for this system. It opens no library and
 * downloads nothing; where the folder or a file is missing it says which one and which version was expected.
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { AppError } from '../common/app-error.ts';
import { expectedRelease, nodeLlamaCppVersion } from './abi/expected-version.ts';

/** Which build of the libraries: each lies in a package of its own, and a process can load only one of them. */
export type NativeVariant = 'cpu' | 'cuda' | 'vulkan' | 'metal';

export type LibraryLocation = {
  directory: string;
  variant: NativeVariant;
  /** Absolute paths in the order in which they must be opened: dependencies first. */
  files: { ggmlBase: string; ggml: string; llama: string };
  /** Folders with further builds of a backend, tried where the first build does not load (CUDA: other toolkit versions). */
  fallbackDirectories: string[];
};

export type LocateOptions = {
  variant?: NativeVariant;
  directory?: string;
  /** Folder of the builds that a person has fetched, see `packDirectory`; looked at where no installed package has the build. */
  packs?: string;
};

/**
 * `loaded` is the folder this process has opened already, if any: it is kept to. Throws `native-library-missing` naming the file,
 * `native-library-mismatch` where the folder holds another release, `conflict` where another build is open.
 */
export function locateNativeLibraries(
  options: LocateOptions = {},
  loaded: string | null = loadedDirectory(),
): LibraryLocation {
  const directory =
    options.directory ??
    process.env.LLARA_NATIVE_DIR ??
    (loaded !== null && suits(loaded, options.variant) ? loaded : null) ??
    packageDirectory(options.variant, options.packs);
  if (options.variant !== undefined && loaded !== null) refuseSecondBuild(loaded, directory);
  const release = readRelease(directory);
  const find = (stem: string) => findLibrary(directory, stem);
  return {
    directory,
    variant: release.variant,
    files: { ggmlBase: find('ggml-base'), ggml: find('ggml'), llama: find('llama') },
    fallbackDirectories: fallbackDirectories(directory),
  };
}

/** Variants whose package is installed here or was fetched into `packs`, the plain CPU build last. */
export function installedVariants(packs?: string): NativeVariant[] {
  const variants: NativeVariant[] = ['cuda', 'metal', 'vulkan', 'cpu'];
  return variants.filter((variant) => isInstalledAlong(variant) || resolvePack(variant, packs) !== null);
}

/** Whether npm has installed that build beside the product. */
export function isInstalledAlong(variant: NativeVariant): boolean {
  return resolvePackage(nativePackageName(variant)) !== null;
}

/** Where a fetched build lies: its packages under their names without scope, as they come. One of another version is never opened. */
export function packDirectory(packs: string, variant: NativeVariant): string {
  return join(packs, `${variant}-${nodeLlamaCppVersion}`);
}

/** Folder of the build that this process has already opened: builds share file names and cannot be mixed. */
function loadedDirectory(): string | null {
  const report = process.report.getReport() as { sharedObjects?: string[] };
  const library = report.sharedObjects?.find((path) => /[\\/](lib)?ggml-base\.[^\\/]+$/.test(path));
  return library === undefined ? null : dirname(library);
}

/** Any build has what no build is named for. */
function suits(loaded: string, variant: NativeVariant | undefined): boolean {
  return variant === undefined || readRelease(loaded).variant === variant;
}

function refuseSecondBuild(loaded: string, directory: string): void {
  if (realpathSync(loaded) === realpathSync(directory)) return;
  throw new AppError(
    'conflict',
    `This process already computes with the libraries in ${loaded}. Restart it to use those in ${directory}.`,
  );
}

function packageDirectory(variant: NativeVariant | undefined, packs: string | undefined): string {
  const wanted = variant ?? (process.platform === 'darwin' && process.arch === 'arm64' ? 'metal' : 'cpu');
  const name = nativePackageName(wanted);
  const root = resolvePackage(name) ?? resolvePack(wanted, packs);
  if (root === null) {
    throw new AppError(
      'native-library-missing',
      `The package @node-llama-cpp/${name} ${nodeLlamaCppVersion} (llama.cpp ${expectedRelease}) is not installed. ` +
        (wanted === 'cuda' ? 'Fetch it with `llara devices install cuda`, run' : 'Run') +
        ' `npm ci` with optional dependencies, or set LLARA_NATIVE_DIR to a folder with the libraries.',
    );
  }
  return join(root, 'bins', name);
}

/** Folder of the package in a fetched build; null where it was not fetched in this version. */
function resolvePack(variant: NativeVariant, packs: string | undefined): string | null {
  if (packs === undefined) return null;
  const root = join(packDirectory(packs, variant), nativePackageName(variant));
  return existsSync(root) ? root : null;
}

/** Without its scope, `@node-llama-cpp`. */
export function nativePackageName(variant: NativeVariant): string {
  const systems: Partial<Record<NodeJS.Platform, string>> = { darwin: 'mac', linux: 'linux', win32: 'win' };
  const architecture = process.arch === 'arm' ? 'armv7l' : process.arch;
  const base = `${systems[process.platform] ?? process.platform}-${architecture}`;
  return variant === 'cpu' ? base : `${base}-${variant}`;
}

/** Folder of an installed package; Electron loads no library from inside app.asar, hence the unpacked twin. */
function resolvePackage(name: string): string | null {
  const here = createRequire(import.meta.url);
  const resolvers = [here];
  try {
    resolvers.push(createRequire(here.resolve('node-llama-cpp')));
  } catch {
    // Not installed as a package of its own: the first resolver decides alone.
  }
  for (const resolver of resolvers) {
    try {
      const root = dirname(dirname(resolver.resolve(`@node-llama-cpp/${name}`)));
      return root.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
    } catch {
      // Not reachable from there; the next resolver may see it.
    }
  }
  return null;
}

function readRelease(directory: string): { variant: NativeVariant } {
  const path = join(directory, '_nlcBuildMetadata.json');
  if (!existsSync(path)) {
    throw new AppError(
      'native-library-missing',
      `${path} is missing: the folder holds no libraries of llama.cpp ${expectedRelease}. Reinstall node-llama-cpp ${nodeLlamaCppVersion}.`,
    );
  }
  let options: { gpu?: unknown; llamaCpp?: { release?: unknown } } | undefined;
  try {
    options = JSON.parse(readFileSync(path, 'utf8')).buildOptions;
  } catch (cause) {
    throw new AppError('native-library-mismatch', `${path} is not readable as build metadata.`, { cause });
  }
  const release = options?.llamaCpp?.release;
  if (release !== expectedRelease) {
    throw new AppError(
      'native-library-mismatch',
      `${path} names llama.cpp ${String(release)}, but this version of the product is made for ${expectedRelease}. ` +
        `Install node-llama-cpp ${nodeLlamaCppVersion}.`,
    );
  }
  const gpu = options?.gpu;
  return { variant: gpu === 'cuda' || gpu === 'vulkan' || gpu === 'metal' ? gpu : 'cpu' };
}

/** File names carry variant and release: libllama.so, libllama.v0.5.0.so, libllama.vulkan.v0.5.0.so, llama.dll … */
function findLibrary(directory: string, stem: string): string {
  const extension = process.platform === 'win32' ? 'dll' : process.platform === 'darwin' ? 'dylib' : 'so';
  const pattern = new RegExp(`^(lib)?${stem}(\\.[a-z0-9.]+)?\\.${extension}$`);
  const file = readdirSync(directory)
    .filter((name) => pattern.test(name))
    .sort()[0];
  if (file === undefined) {
    throw new AppError(
      'native-library-missing',
      `No ${stem} library (${stem}*.${extension}, llama.cpp ${expectedRelease}) in ${directory}. Reinstall node-llama-cpp ${nodeLlamaCppVersion}.`,
    );
  }
  return join(directory, file);
}

function fallbackDirectories(directory: string): string[] {
  const packageRoot = dirname(dirname(directory));
  const sibling = join(
    `${packageRoot}-ext`,
    'bins',
    directory.slice(dirname(directory).length + 1),
    'fallback',
  );
  return [join(directory, 'fallback'), sibling].filter((path) => existsSync(path));
}
