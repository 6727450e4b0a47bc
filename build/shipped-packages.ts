/**
 * Tells which npm packages a packaged app carries on a given system: the production dependencies, less what the app
 * never loads, less what was made for other systems. It reads the lock file alone, so every system can be asked about anywhere.
 */

export type TargetSystem = 'linux' | 'darwin' | 'win32';
export type TargetCpu = 'x64' | 'arm64';

export interface Target {
  os: TargetSystem;
  cpu: TargetCpu;
}

export interface LockPackage {
  version?: string;
  license?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

export interface Lockfile {
  packages: Record<string, LockPackage>;
}

export interface ShippedPackage {
  name: string;
  version: string;
  /** Key in the lock file and folder below the project, such as `node_modules/a/node_modules/b`. */
  folder: string;
}

/**
 * Dependencies that their packages declare and the app never loads. `*` stands for every package.
 * The packaging test starts the packaged engine without them.
 */
const neverLoaded: Record<string, RegExp[]> = {
  '*': [/^@types\//],
  // Embedding functions of LanceDB's own, with three more inference runtimes; our vectors come from llama.cpp.
  '@lancedb/lancedb': [/^@huggingface\/transformers$/, /^openai$/],
  // Builds llama.cpp from source and serves node-llama-cpp's own command line.
  'node-llama-cpp': [/^cmake-js$/, /^node-addon-api$/, /^yargs$/, /^validate-npm-package-name$/],
  // Draws pages under Node; pages are drawn by the window, text is read without it.
  'pdfjs-dist': [/^@napi-rs\/canvas$/],
  // Command-line programs of Arrow.
  'apache-arrow': [/^command-line-/, /^json-bignum$/],
  // Alternatives for other kinds of server than ours.
  '@orpc/server': [/aws-lambda$/, /fastify$/],
};

/** GPU packs of hundreds of megabytes are fetched by the person who wants them. */
const optionalPacks = /^@node-llama-cpp\/.*-cuda(-ext)?$/;

export function shippedPackages(lock: Lockfile, target: Target): ShippedPackage[] {
  const found = new Map<string, ShippedPackage>();
  const visit = (folder: string, name: string) => {
    const entry = lock.packages[folder]!;
    for (const dependency of dependenciesOf(entry)) {
      if (isNeverLoaded(name, dependency) || optionalPacks.test(dependency)) continue;
      const at = resolveInLock(lock, folder, dependency);
      if (at === null || found.has(at) || !isFor(lock.packages[at]!, dependency, target)) continue;
      found.set(at, { name: dependency, version: lock.packages[at]!.version ?? '', folder: at });
      visit(at, dependency);
    }
  };
  visit('', '');
  return [...found.values()].sort((a, b) => a.folder.localeCompare(b.folder, 'en'));
}

/** Names of production packages in the lock that are not shipped in any place on that system. */
export function leftOutPackages(lock: Lockfile, target: Target): string[] {
  const shipped = new Set(shippedPackages(lock, target).map(({ name }) => name));
  const names = Object.entries(lock.packages)
    .filter(([folder, entry]) => folder !== '' && entry.dev !== true)
    .map(([folder]) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length));
  return [...new Set(names)].filter((name) => !shipped.has(name)).sort();
}

/** A peer that is installed may be loaded as well; the root's development dependencies never are. */
function dependenciesOf(entry: LockPackage): string[] {
  return Object.keys({ ...entry.dependencies, ...entry.optionalDependencies });
}

function isNeverLoaded(parent: string, dependency: string): boolean {
  return [...(neverLoaded['*'] ?? []), ...(neverLoaded[parent] ?? [])].some((pattern) =>
    pattern.test(dependency),
  );
}

/** llama.cpp's packages name one CPU each, yet the lock lists cross-compiling hosts too; their name decides. */
function isFor(entry: LockPackage, name: string, { os, cpu }: Target): boolean {
  if (entry.os && !entry.os.includes(os)) return false;
  if (entry.cpu && !entry.cpu.includes(cpu)) return false;
  if (entry.libc && !entry.libc.includes('glibc')) return false;
  return !name.startsWith('@node-llama-cpp/') || name.split(/[/-]/).includes(cpu);
}

function resolveInLock(lock: Lockfile, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (candidate in lock.packages) return candidate;
    if (folder === '') return null;
  }
}
